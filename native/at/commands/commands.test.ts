import { describe, expect, it } from 'vitest';
import { isDeviceError } from '../../errors.ts';
import type { AtCommand } from '../command.ts';
import { errorReportsCommand } from './error-reports.ts';
import { extendedSignalQualityCommand } from './extended-signal-quality.ts';
import { functionalityCommand, setFunctionalityCommand } from './functionality.ts';
import { iccidCommand, iccidFileCommand } from './iccid.ts';
import { identityCommand, manufacturerCommand, modelCommand, revisionCommand, serialNumberCommand } from './identity.ts';
import { imsiCommand } from './imsi.ts';
import {
  closeLogicalChannelCommand,
  logicalChannelAccessCommand,
  logicalChannelTestCommand,
  openLogicalChannelCommand,
} from './logical-channel.ts';
import { operatorCommand } from './operator.ts';
import { decodeRegistrationLine, registrationCommands, registrationNewsCommand } from './registration.ts';
import { signalQualityCommand } from './signal-quality.ts';
import { decodeSimNews, simStateCommand, simStateOfError } from './sim-state.ts';

const unreadable = 'AT_ANSWER';

function decoded<Arguments, Value>(command: AtCommand<Arguments, Value>, lines: readonly string[]): Value | string {
  try {
    return command.decode(lines);
  } catch (error) {
    return isDeviceError(error) ? error.code : 'not a DeviceError';
  }
}

function table<Arguments, Value>(
  command: AtCommand<Arguments, Value>,
  rows: readonly (readonly [readonly string[], Value | string])[],
): void {
  describe(command.name, () => {
    it.each(rows)('%j', (lines, expected) => {
      expect(decoded(command, lines)).toEqual(expected);
    });
  });
}

it('encodes each command to its line', () => {
  expect([
    manufacturerCommand.encode(),
    modelCommand.encode(),
    revisionCommand.encode(),
    serialNumberCommand.encode(),
    simStateCommand.encode(),
    iccidCommand.encode('^ICCID?'),
    iccidFileCommand.encode(),
    imsiCommand.encode(),
    signalQualityCommand.encode(),
    extendedSignalQualityCommand.encode(),
    registrationCommands['+C5GREG'].encode(),
    registrationNewsCommand.encode('+CEREG'),
    operatorCommand.encode('asSet'),
    openLogicalChannelCommand.encode({ aid: 'A0000005591010FFFFFFFF8900000100' }),
    logicalChannelAccessCommand.encode({ session: '00A1', apdu: Uint8Array.of(0x80, 0xe2, 0x91, 0, 1, 0xbf) }),
    closeLogicalChannelCommand.encode({ session: '1' }),
    logicalChannelTestCommand.encode('+CGLA'),
    setFunctionalityCommand.encode(4),
    functionalityCommand.encode(),
    errorReportsCommand.encode(),
  ]).toEqual([
    'AT+CGMI',
    'AT+CGMM',
    'AT+CGMR',
    'AT+CGSN',
    'AT+CPIN?',
    'AT^ICCID?',
    'AT+CRSM=176,12258,0,0,10',
    'AT+CIMI',
    'AT+CSQ',
    'AT+CESQ',
    'AT+C5GREG?',
    'AT+CEREG=2',
    'AT+COPS?',
    'AT+CCHO="A0000005591010FFFFFFFF8900000100"',
    'AT+CGLA=00A1,12,"80E2910001BF"',
    'AT+CCHC=1',
    'AT+CGLA=?',
    'AT+CFUN=4',
    'AT+CFUN?',
    'AT+CMEE=1',
  ]);
});

table(manufacturerCommand, [
  [['Quectel'], 'Quectel'],
  [['+CGMI: "Fibocom Wireless Inc."'], 'Fibocom Wireless Inc.'],
  [['Manufacturer: huawei'], 'huawei'],
  [[''], unreadable],
  [[], unreadable],
]);
table(serialNumberCommand, [
  [['866758040000003'], '866758040000003'],
  [['+CGSN: "866758040000003"'], '866758040000003'],
  [['86675804000000'], unreadable],
  [['8667580400000032'], unreadable],
]);
table(identityCommand, [
  [
    ['Quectel', 'EG25', 'EG25GGBR07A08M2G', '866758040000003'],
    { manufacturer: 'Quectel', model: 'EG25', revision: 'EG25GGBR07A08M2G', imei: '866758040000003' },
  ],
  [['Quectel', 'EG25', 'first', 'second', '866758040000003'], unreadable],
  [['Quectel', 'EG25', '866758040000003', 'EG25GGBR07A08M2G'], unreadable],
]);
table(simStateCommand, [
  [['+CPIN: READY'], 'ready'],
  [['+CPIN:READY'], 'ready'],
  [['+CPIN: SIM PIN'], 'pinRequired'],
  [['+CPIN: SIM PUK'], 'pukRequired'],
  [['+CPIN: SIM PIN2'], 'ready'],
  [['+CPIN: "NOT INSERTED"'], 'absent'],
  [['+CPIN: NOT READY'], 'busy'],
  [['+CPIN: PH-NET PIN'], 'unknown'],
  [['READY'], unreadable],
]);
table(iccidCommand, [
  [['+QCCID: 89860012345678901234'], '89860012345678901234'],
  [['+CCID: 8944990000004821602'], '8944990000004821602'],
  [['+ICCID: "8944990000004821602F"'], '8944990000004821602'],
  [['^ICCID: 98231420326409614067'], '89324102234690160476'],
  [['%XICCID: 8901234567012345678F'], '8901234567012345678'],
  [['8944990000004821602'], '8944990000004821602'],
  [['001010000482160', '894499000000482160'], '894499000000482160'],
  [['98231420326pl9614067'], unreadable],
  [['+ICCID: not-one'], unreadable],
  [['+CCID:'], unreadable],
]);
table(iccidFileCommand, [
  [['+CRSM: 144,0,"984499000000842861F0"'], '8944990000004882160'],
  [['+CRSM: 144, 0, 98684400214365870921'], '89864400123456789012'],
  [['+CRSM: 106,130'], unreadable],
  [['+CRSM: 144,0,"XX"'], unreadable],
]);
table(imsiCommand, [
  [['284011234567890'], '284011234567890'],
  [['8944990000004821602', '001010000482160'], '001010000482160'],
  [['+CIMI: "001010000482160"'], '001010000482160'],
  [['abc'], unreadable],
]);
table(signalQualityCommand, [
  [['+CSQ: 20,99'], -73],
  [['+CSQ:4,0'], -105],
  [['+CSQ: 31,0'], -51],
  [['+CSQ: 99,99'], null],
  [['+CSQ:'], null],
  [['+CSQ'], unreadable],
]);
table(extendedSignalQualityCommand, [
  [['+CESQ: 99,99,255,255,26,70'], { rssi: null, rscp: null, rsrp: -71, rsrq: -7 }],
  [['+CESQ:10,6,255,255,255,255'], { rssi: -101, rscp: null, rsrp: null, rsrq: null }],
  [['+CESQ: 99,99,255,255,255,255,65,57,40'], { rssi: null, rscp: null, rsrp: -100, rsrq: -11 }],
  [['+CESQ: 99,99'], unreadable],
  [['garbage'], unreadable],
]);
table(operatorCommand, [
  [['+COPS: 0,2,"00101",7', '+COPS: 0,0,"Harbour Mobile",7'], { name: 'Harbour Mobile', mccMnc: '00101' }],
  [['+COPS: 0,0,"Op, Inc.",7'], { name: 'Op, Inc.', mccMnc: null }],
  [['+COPS: 1,2,"46000"'], { name: null, mccMnc: '46000' }],
  [['+COPS: 0,0,"0056006500720069007A006F006E"'], { name: 'Verizon', mccMnc: null }],
  [['+COPS: 0'], null],
  [['+CSQ: 1,1'], unreadable],
]);
table(openLogicalChannelCommand, [
  [['+CCHO: 1'], '1'],
  [['1'], '1'],
  [['+CCHO: 00A30B01'], '00A30B01'],
  [['+CIREPI: 0', '2'], '2'],
  [['A'], unreadable],
  [[], unreadable],
]);
table(logicalChannelAccessCommand, [
  [['+CGLA: 10,"bf20019000"'], Uint8Array.of(0xbf, 0x20, 0x01, 0x90, 0x00)],
  [['+CGLA: 4,9000'], Uint8Array.of(0x90, 0x00)],
  [['+ESIMS: 0,1', '+CGLA: 4,"9000"'], Uint8Array.of(0x90, 0x00)],
  [['+CGLA: 6,"9000"'], unreadable],
  [['+CGLA: 2,"90"'], unreadable],
  [['+CGLA: 5,"90000"'], unreadable],
  [['+CGLA: 4,"90ZZ"'], unreadable],
  [['+CGLA: 4'], unreadable],
]);
table(functionalityCommand, [
  [['+CFUN: 1,0'], 1],
  [['+CFUN: 4'], 4],
  [['+CFUN:'], unreadable],
]);

describe('registration', () => {
  it.each([
    ['+CREG: 0,1', 'home', null, null, null],
    ['+CREG: 5', 'roaming', null, null, null],
    ['+CREG:002,001,"0001","0010"', 'home', '0001', '0010', null],
    ['+CREG: 1,8BE3,2BAF', 'home', '8BE3', '2BAF', null],
    ['+CREG: 11,"33FE","a3fb477"', 'emergencyOnly', '33FE', 'A3FB477', null],
    ['+CGREG: 1,"1422","00000142",3,"00"', 'home', '1422', '00000142', 'gsm'],
    ['+CGREG:2,10,ebbd,f025', 'roaming', 'EBBD', 'F025', null],
    ['+CEREG: 1, 2, 0001, 00000100, 7', 'searching', '0001', '00000100', 'eutran'],
    ['+CEREG: 2, 0001, 00000100, 7', 'searching', '0001', '00000100', 'eutran'],
    ['+CEREG: 1, 1F00, 20 ,79D903 ,7', 'home', '1F00', '79D903', 'eutran'],
    ['+CEREG: 1,1,', 'home', null, null, null],
    ['+CEREG: 2,1,"002F","0012BEEF",7,,,"00000001","00100010"', 'home', '002F', '0012BEEF', 'eutran'],
    ['+C5GREG: 1,1F00,79D903,11,6,ABCDEF', 'home', '1F00', '79D903', 'nr'],
    ['+CEREG: 0x5', 'roaming', null, null, null],
    ['+CEREG: 17', 'unknown', null, null, null],
  ] as const)('%s', (line, state, areaCode, cellId, technology) => {
    expect(decodeRegistrationLine(line)).toMatchObject({ state, areaCode, cellId, technology });
  });

  it('keeps why the network refused', () => {
    expect(decodeRegistrationLine('+CEREG: 3,3,"002F","0012BEEF",7,0,15')).toMatchObject({ state: 'denied', rejectCause: 15 });
    expect(decodeRegistrationLine('+CEREG: 3,,,,0,15')).toMatchObject({ state: 'denied', rejectCause: 15 });
    expect(decodeRegistrationLine('+CEREG: 3,3,"002F","0012BEEF",7,12,13')).toMatchObject({ state: 'denied', rejectCause: null });
  });

  it.each(['+CEREG: x', '+CEREG:', '+CSQ: 1,2', '', '+CREG: 2,1,"0B,"0100701",7'])('is not %j', (line) => {
    expect(decodeRegistrationLine(line)).toBeNull();
  });

  it('answers for its own domain only', () => {
    expect(decoded(registrationCommands['+CREG'], ['+CEREG: 0,1', '+CREG: 0,5'])).toMatchObject({ domain: '+CREG', state: 'roaming' });
    expect(decoded(registrationCommands['+CREG'], ['+CEREG: 0,1'])).toBe(unreadable);
  });
});

describe('the card’s news', () => {
  it.each([
    ['+CPIN: READY', 'ready'],
    ['+CPIN: NOT READY', 'busy'],
    ['+QUSIM: 1', 'changed'],
    ['+QSIMSTAT: 1,0', 'absent'],
    ['+QSIMSTAT: 1,1', 'changed'],
    ['+SIM: Removed', 'absent'],
    ['+SIM READY', 'ready'],
    ['#QSS: 3', 'ready'],
    ['^SIMST: 255,1', 'absent'],
    ['+SIMCARD: NOT AVAILABLE', 'absent'],
    ['+CREG: 1', null],
  ] as const)('%s', (line, expected) => {
    expect(decodeSimNews(line)).toBe(expected);
  });

  it.each([
    [10, 'absent'],
    [11, 'pinRequired'],
    [12, 'pukRequired'],
    [13, 'failed'],
    [14, 'busy'],
    [18, 'ready'],
    [100, 'unknown'],
    [null, 'unknown'],
  ] as const)('error %s', (code, expected) => {
    expect(simStateOfError(code)).toBe(expected);
  });
});
