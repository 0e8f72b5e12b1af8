import { describe, expect, it } from 'vitest';
import { knownVendors } from './modem-kind.ts';
import { startModem, startRegistered, type ModemStage } from './modem-stage.fixture.ts';

const ok = '\r\nOK\r\n';

/** Each line by itself. */
function lines(stage: ModemStage, command: string): readonly string[] {
  return stage
    .ask(command)
    .split('\r\n')
    .filter((line) => line !== '');
}

describe.each(Object.keys(knownVendors))('%s', (kind) => {
  it('starts, names itself, has a card and a network', () => {
    const stage = startModem({ kind });
    stage.pass(3000);
    expect(stage.ask('ATE0')).toContain(ok);
    const { manufacturer, model } = knownVendors[kind] ?? {};
    expect(lines(stage, 'AT+CGMI;+CGMM')).toEqual([manufacturer, model, 'OK']);
    expect(lines(stage, 'AT+CPIN?')).toEqual(['+CPIN: READY', 'OK']);
    expect(lines(stage, 'AT+CEREG=2;+CEREG?')).toEqual(['+CEREG: 2,5,"1F0A","A2B3C01",7', 'OK']);
  });

  it('tells when its card is taken out and put in again', () => {
    const stage = startRegistered({ kind });
    stage.slot.controls.remove();
    const lost = stage.pass(500);
    stage.slot.controls.insert();
    const found = stage.pass(2000);
    const { card } = knownVendors[kind] ?? {};
    expect(lost).toBe(
      [...(card?.lost ?? []), ...(card?.saysPin === true ? ['+CPIN: NOT READY'] : [])].map((line) => `\r\n${line}\r\n`).join(''),
    );
    expect(found).toBe(
      [...(card?.found ?? []), ...(card?.saysPin === true ? ['+CPIN: READY'] : [])].map((line) => `\r\n${line}\r\n`).join(''),
    );
  });
});

it.each([
  ['quectel', 'AT+QNWINFO', ['+QNWINFO: "FDD LTE","00101","LTE BAND 3",1400']],
  ['quectel', 'AT+QCSQ', ['+QCSQ: "LTE",-71,-96,170,-9']],
  ['quectel', 'AT+QCAINFO', ['+QCAINFO: "PCC",1400,100,"LTE BAND 3",1,57,-96,-9,-71,14']],
  ['simcom', 'AT+CICCID', ['+ICCID: 8944990000004821602F']],
  ['simcom', 'AT+SPIC', ['+SPIC: 3,10,3,10']],
  ['simcom', 'AT+CPSI?', ['+CPSI: LTE,Online,001-01,0x1F0A,170605569,57,EUTRAN-BAND3,1400,5,5,-90,-960,-710,14']],
  ['simcom', 'AT+CNBP?', ['+CNBP: 0x0002000004E80180,0x2000001E20B0E18DF,0x0000000000000000']],
  ['simcom', 'AT+CCHO="A0000005591010FFFFFFFF8900000100"', null],
  ['fibocom', 'AT+EPINC?', ['+EPINC: 3, 3, 10, 10']],
  [
    'fibocom',
    'AT+GTCCINFO?',
    ['+GTCCINFO:', '1,4,001,01,1F0A,00A2B3C01,1400,57,103,100,14,45,45,22', '2,4,,,FFFF,00FFFFFFF,1400,58,,36,36,14'],
  ],
  ['fibocom', 'AT+GTCAINFO?', ['+GTCAINFO:', 'PCC:103,57,1400,100,100,2,1,3,1,-96']],
  [
    'fibocom',
    'AT+GTACT?',
    ['+GTACT: 20,6,3,1,2,4,5,8,101,102,103,104,105,107,108,112,113,120,125,126,128,138,140,141,166,501,503,507,5028,5041,5078'],
  ],
  ['fibocom', 'AT+GTFCCEFFSTATUS?', ['+GTFCCEFFSTATUS: 0,1']],
  ['fibocom+fccLocked', 'AT+GTFCCEFFSTATUS?', ['+GTFCCEFFSTATUS: 2,0']],
  ['fibocom', 'AT+CCHO="A0000005591010FFFFFFFF8900000100"', ['1']],
  ['fibocomIntel', 'AT+XCCINFO?', ['+XCCINFO: 0,001,01,"0A2B3C01",3,103,"FFFF",1,"FF","1F0A",0,0,0,0,0,0,0,0']],
  ['fibocomIntel', 'AT+XCESQ?', ['+XCESQ: 0,99,99,255,255,22,45,28']],
  ['sierra', 'AT!ICCID?', ['!ICCID: 8944990000004821602']],
  ['sierra', 'AT+CPINC?', ['+CPINC: 3,3,10,10']],
  ['sierra', 'AT!SELRAT?', ['!SELRAT: 00, Automatic']],
  ['telit', 'AT#CCID', ['#CCID: 8944990000004821602']],
  ['telit', 'AT#BND?', ['#BND: 0,0,134742213']],
  ['telit', 'AT#RFSTS', ['#RFSTS: "001 01",1400,-96,-71,-9,1F0A,,-128,3,0,A2B3C01,"001010000482160","Harbour Mobile",3,3,54']],
  ['telit', 'AT+CSIM=10,"0020000100"', ['+CSIM: 4,"63C3"']],
  ['u-blox', 'AT+UPINCNT', ['+UPINCNT: 3,3,10,10']],
  ['u-blox', 'AT+URAT?', ['+URAT: 4']],
  ['u-blox', 'AT+UBANDMASK?', ['+UBANDMASK: 0,168696031']],
  [
    'u-blox',
    'AT+UCGED?',
    ['+UCGED: 2', '6,4,001,001', '1400,3,100,100,1f0a,a2b3c01,57,00000000,ffff,ff,45,22,14.00,1,255,255,45,255,255,0,255,255,0'],
  ],
  ['huawei', 'AT^ICCID?', ['^ICCID: 8944990000004821602F']],
  ['huawei', 'AT^CPIN?', ['^CPIN: READY,,10,3,10,3']],
  ['huawei', 'AT^HCSQ?', ['^HCSQ: "LTE",49,44,170,21']],
  ['huawei', 'AT^SYSCFGEX?', ['^SYSCFGEX:"00",3FFFFFFF,1,2,800C5']],
  ['huawei', 'AT^MONSC', ['^MONSC: LTE,001,01,1400,A2B3C01,39,1F0A,-96,-9,-71']],
  ['zte', 'AT+ZPINPUK=?', ['+ZPINPUK: 3,10']],
  ['zte', 'AT+ZSNT?', ['+ZSNT: 0,0,0']],
  ['zte', 'AT+ZPAS?', ['+ZPAS: "LTE","CS_PS"']],
  ['nordic', 'AT%XICCID', ['%XICCID: 8944990000004821602F']],
  ['nordic', 'AT+CPINR="SIM PIN"', ['+CPINR: "SIM PIN",3']],
  ['nordic', 'AT%XSYSTEMMODE?', ['%XSYSTEMMODE: 1,0,0,0']],
  [
    'nordic',
    'AT%XMONITOR',
    ['%XMONITOR: 5,"Harbour Mobile","Harbour Mobile","00101","1F0A",7,3,"0A2B3C01",57,1400,45,38,"","11100000","11100000","00000000"'],
  ],
  ['meig', 'AT+ICCID', ['+ICCID: 8944990000004821602']],
  ['generic', 'AT+CPINR', ['+CPINR: SIM PIN,3,3', '+CPINR: SIM PUK,10,10', '+CPINR: SIM PIN2,3,3', '+CPINR: SIM PUK2,10,10']],
])('%s answers %s', (kind, command, answer) => {
  expect(lines(startRegistered({ kind }), command)).toEqual(answer === null ? ['+CME ERROR: 4'] : [...answer, 'OK']);
});

it.each([
  ['simcom', 'AT+CNMP=14', '+CNMP: 14', 'AT+CNMP?'],
  ['fibocom', 'AT+GTACT=1', '+GTACT: 1,', 'AT+GTACT?'],
  ['fibocomIntel', 'AT+XACT=1', '+XACT: 1,', 'AT+XACT?'],
  ['sierra', 'AT!SELRAT=1', '!SELRAT: 01, UMTS 3G Only', 'AT!SELRAT?'],
  ['telit', 'AT+WS46=22', '+WS46: 22', 'AT+WS46?'],
  ['u-blox', 'AT+URAT=2', '+URAT: 2', 'AT+URAT?'],
  ['huawei', 'AT^SYSCFGEX="02",40000000,1,2,40000000', '^SYSCFGEX:"02",', 'AT^SYSCFGEX?'],
  ['zte', 'AT+ZSNT=2,0,0', '+ZSNT: 2,0,0', 'AT+ZSNT?'],
  ['generic', 'AT+WS46=22', '+WS46: 22', 'AT+WS46?'],
])('%s goes to 3G with %s, and tells so', (kind, set, told, read) => {
  const stage = startRegistered({ kind });
  stage.ask(set);
  stage.pass(2000);
  expect(stage.ask('AT+COPS?')).toContain('"Harbour Mobile",2');
  expect(stage.ask(read)).toContain(told);
});

const onlyLte: Readonly<Record<string, string>> = {
  simcom: 'AT+CNMP=38',
  telit: 'AT+WS46=28',
  'u-blox': 'AT+URAT=3',
};

it.each([
  ['simcom', 'AT+CNBP=0,40', '0x0000000000000040'],
  ['fibocom', 'AT+GTACT=20,6,3,107', '20,6,3,107'],
  ['fibocomIntel', 'AT+XACT=4,2,1,107', '4,2,1,107'],
  ['telit', 'AT#BND=0,0,64', ',64'],
  ['u-blox', 'AT+UBANDMASK=0,64', '0,64'],
  ['huawei', 'AT^SYSCFGEX="03",3FFFFFFF,1,2,40', ',40'],
])('%s hears nothing in a band that its network does not have: %s', (kind, set, told) => {
  const stage = startRegistered({ kind });
  stage.ask('AT+CEREG=1');
  stage.ask(kind === 'huawei' ? 'AT' : (onlyLte[kind] ?? 'AT'));
  stage.pass(2000);
  stage.ask(set);
  stage.pass(3000);
  expect(stage.ask(`${/^AT[^=]+/.exec(set)?.[0] ?? ''}?`)).toContain(told);
  expect(stage.ask('AT+COPS?')).toContain('+COPS: 0\r\n');
});

it.each([
  ['quectel', 'AT+CFUN=1,1'],
  ['simcom', 'AT+CRESET'],
  ['fibocom', 'AT+CFUN=15'],
  ['fibocomIntel', 'AT+CFUN=16'],
  ['sierra', 'AT!RESET'],
  ['telit', 'AT#REBOOT'],
  ['u-blox', 'AT+CFUN=16'],
  ['huawei', 'AT^RESET'],
])('%s leaves its bus with %s', (kind, command) => {
  const stage = startRegistered({ kind });
  let left = false;
  stage.modem.onReboot(() => (left = true));
  expect(stage.ask(command) + stage.pass(1000)).toContain(ok);
  expect(left).toBe(true);
});
