import { describe, expect, it } from 'vitest';
import { isDeviceError } from '../../errors.ts';
import type { AtCommand } from '../command.ts';
import { errorReportsCommand } from './error-reports.ts';
import { extendedSignalQualityCommand } from './extended-signal-quality.ts';
import { functionalityCommand, setFunctionalityCommand } from './functionality.ts';
import { genericCardAccessCommand } from './generic-card-access.ts';
import { iccidCommand, iccidFileCommand } from './iccid.ts';
import { identityCommand, manufacturerCommand, modelCommand, revisionCommand, serialNumberCommand } from './identity.ts';
import { imsiCommand } from './imsi.ts';
import { closeLogicalChannelCommand, logicalChannelAccessCommand, openLogicalChannelCommand } from './logical-channel.ts';
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
    genericCardAccessCommand.encode(Uint8Array.of(0, 0x70, 0, 0, 1)),
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
    'AT+CSIM=10,"0070000001"',
    'AT+CFUN=4',
    'AT+CFUN?',
    'AT+CMEE=1',
  ]);
});

table(manufacturerCommand, [
  [['Quectel'], 'Quectel'],
  [['+CGMI: "Fibocom Wireless Inc."'], 'Fibocom Wireless Inc.'],
  [['Manufacturer: harbour devices'], 'harbour devices'],
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
  [['^ICCID: 98449900000040286130'], '89449900000004821603'],
  [['%XICCID: 8944990000004821784F'], '8944990000004821784'],
  [['8944990000004821602'], '8944990000004821602'],
  [['001010000482160', '894499000000482160'], '894499000000482160'],
  [['98449900000kz0286130'], unreadable],
  [['+ICCID: no number'], unreadable],
  [['+CCID:'], unreadable],
]);
table(iccidFileCommand, [
  [['+CRSM: 144,0,"984499000000842861F0"'], '8944990000004882160'],
  [['+CRSM: 144, 0, 98684400214365870921'], '89864400123456789012'],
  [['+CRSM: 106,130'], unreadable],
  [['+CRSM: 144,0,"QJ"'], unreadable],
]);
table(imsiCommand, [
  [['999700000461257'], '999700000461257'],
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
  [['+CESQ: 99,99,255,255,20,48'], { rssi: null, rscp: null, rsrp: -93, rsrq: -10 }],
  [['+CESQ:27,3,255,255,255,255'], { rssi: -84, rscp: null, rsrp: null, rsrq: null }],
  [['+CESQ: 99,99,255,255,255,255,65,57,40'], { rssi: null, rscp: null, rsrp: -100, rsrq: -11 }],
  [['+CESQ: 99,99'], unreadable],
  [['garbage'], unreadable],
]);
table(operatorCommand, [
  [['+COPS: 0,2,"00101",7', '+COPS: 0,0,"Harbour Mobile",7'], { name: 'Harbour Mobile', mccMnc: '00101' }],
  [['+COPS: 0,0,"Op, Inc.",7'], { name: 'Op, Inc.', mccMnc: null }],
  [['+COPS: 1,2,"00102"'], { name: null, mccMnc: '00102' }],
  [['+COPS: 0,0,"0048006100720062006F00750072"'], { name: 'Harbour', mccMnc: null }],
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
  [['+CGLA: 10,"bf2d009000"'], Uint8Array.of(0xbf, 0x2d, 0x00, 0x90, 0x00)],
  [['+CGLA: 4,9000'], Uint8Array.of(0x90, 0x00)],
  [['+ESIMS: 0,1', '+CGLA: 4,"9000"'], Uint8Array.of(0x90, 0x00)],
  [['+CGLA: 6,"9000"'], unreadable],
  [['+CGLA: 2,"61"'], unreadable],
  [['+CGLA: 5,"90000"'], unreadable],
  [['+CGLA: 4,"90ZZ"'], unreadable],
  [['+CGLA: 4'], unreadable],
]);
table(genericCardAccessCommand, [
  [['+CSIM: 6,"019000"'], Uint8Array.of(1, 0x90, 0)],
  [['+CSIM: 4,9000'], Uint8Array.of(0x90, 0)],
  [['+CSIM: 8,"9000"'], unreadable],
  [['OK'], unreadable],
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
    ['+CREG:002,001,"0047","0312"', 'home', '0047', '0312', null],
    ['+CREG: 1,4D17,9A0C', 'home', '4D17', '9A0C', null],
    ['+CREG: 11,"62DB","b61ce0d"', 'emergencyOnly', '62DB', 'B61CE0D', null],
    ['+CGREG: 1,"2709","00000853",3,"5A"', 'home', '2709', '00000853', 'gsm'],
    ['+CGREG:2,10,dace,e418', 'roaming', 'DACE', 'E418', null],
    ['+CEREG: 1, 2, 0003, 00004200, 7', 'searching', '0003', '00004200', 'eutran'],
    ['+CEREG: 2, 0003, 00004200, 7', 'searching', '0003', '00004200', 'eutran'],
    ['+CEREG: 1, 4B00, 35 ,62EA18 ,7', 'home', '4B00', '62EA18', 'eutran'],
    ['+CEREG: 1,5,', 'roaming', null, null, null],
    ['+CEREG: 2,1,"00C4","0B51D70A",7,,,"00000110","01000101"', 'home', '00C4', '0B51D70A', 'eutran'],
    ['+C5GREG: 1,3A70,58D094,11,6,D3B0F6', 'home', '3A70', '58D094', 'nr'],
    ['+CEREG: 0x5', 'roaming', null, null, null],
    ['+CEREG: 17', 'unknown', null, null, null],
  ] as const)('%s', (line, state, areaCode, cellId, technology) => {
    expect(decodeRegistrationLine(line)).toMatchObject({ state, areaCode, cellId, technology });
  });

  it('keeps why the network refused', () => {
    expect(decodeRegistrationLine('+CEREG: 3,3,"00C4","0B51D70A",7,0,15')).toMatchObject({ state: 'denied', rejectCause: 15 });
    expect(decodeRegistrationLine('+CEREG: 3,,,,0,11')).toMatchObject({ state: 'denied', rejectCause: 11 });
    expect(decodeRegistrationLine('+CEREG: 3,3,"00C4","0B51D70A",7,9,11')).toMatchObject({ state: 'denied', rejectCause: null });
  });

  it.each(['+CEREG: x', '+CEREG:', '+CSQ: 1,2', '', '+CREG: 2,1,"3D,"0218405",7'])('is not %j', (line) => {
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
