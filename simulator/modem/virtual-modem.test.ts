import { describe, expect, it } from 'vitest';
import { startModem, startRegistered } from './modem-stage.fixture.ts';

const ok = '\r\nOK\r\n';
const openIsdr = 'AT+CCHO="A0000005591010FFFFFFFF8900000100"';
const enableHoliday = (flag: string): string => `AT+CGLA=1,50,"80E2910014BF3111A00C5A0A984499020000303319F58101${flag}"`;

describe('boot', () => {
  it('says that it is there, then that its SIM is, and echoes what it hears', () => {
    const bench = startModem();
    expect(bench.pass(150)).toBe('\r\nRDY\r\n');
    expect(bench.ask('AT+CPIN?')).toBe('AT+CPIN?\r\r\n+CME ERROR: 14\r\n');
    expect(bench.pass(300)).toBe('\r\n+QUSIM: 1\r\n\r\n+CPIN: READY\r\n');
    expect(bench.ask('AT+CPIN?')).toBe(`AT+CPIN?\r\r\n+CPIN: READY\r\n${ok}`);
  });
});

describe('answers', () => {
  it.each([
    ['AT', ''],
    ['ATI', '\r\nQuectel\r\nEG25\r\nRevision: EG25GGBR07A08M2G\r\n'],
    ['AT+CGMI', '\r\nQuectel\r\n'],
    ['AT+CGMM', '\r\nEG25\r\n'],
    ['AT+CGSN', '\r\n001017000000029\r\n'],
    ['AT+CPIN?', '\r\n+CPIN: READY\r\n'],
    ['AT+QCCID', '\r\n+QCCID: 8944990000004821602F\r\n'],
    ['AT+CCID', '\r\n+CCID: 8944990000004821602F\r\n'],
    ['AT+ICCID', '\r\n+ICCID: 8944990000004821602F\r\n'],
    ['AT+CIMI', '\r\n001010000482160\r\n'],
    ['AT+CRSM=176,12258,0,0,10', '\r\n+CRSM: 144,0,"984499000000841206F2"\r\n'],
    ['AT+CRSM=176,12258,0,0,20', '\r\n+CRSM: 108,10\r\n'],
    ['AT+CRSM=176,28423,0,0,9', '\r\n+CRSM: 144,0,"080910100000841206"\r\n'],
    ['AT+CRSM=176,28589,0,0,4', '\r\n+CRSM: 144,0,"00000002"\r\n'],
    ['AT+CRSM=178,12032,1,4,38', `\r\n+CRSM: 144,0,"61184F10A0000000871002FF44FFFF890709000050045553494D${'FF'.repeat(12)}"\r\n`],
    ['AT+CRSM=192,12258', '\r\n+CRSM: 144,0,"620F8202412183022FE28A01058002000A"\r\n'],
    ['AT+CRSM=176,28473,0,0,9', '\r\n+CRSM: 106,130\r\n'],
    ['AT+CSQ', '\r\n+CSQ: 21,99\r\n'],
    ['AT+CESQ', '\r\n+CESQ: 99,99,255,255,22,45\r\n'],
    ['AT+CREG?', '\r\n+CREG: 0,5\r\n'],
    ['AT+CEREG=2;+CEREG?', '\r\n+CEREG: 2,5,"1F0A","A2B3C01",7\r\n'],
    ['AT+COPS?', '\r\n+COPS: 0,0,"Harbour Mobile",7\r\n'],
    ['AT+COPS=3,1;+COPS?', '\r\n+COPS: 0,1,"Harbour",7\r\n'],
    ['AT+COPS=3,2;+COPS?', '\r\n+COPS: 0,2,"00101",7\r\n'],
    ['AT+CFUN?', '\r\n+CFUN: 1\r\n'],
    ['AT+CMEE?', '\r\n+CMEE: 1\r\n'],
    ['AT+CCHO=?', ''],
  ])('%s', (line, lines) => {
    expect(startRegistered().ask(line)).toBe(lines + ok);
  });

  it.each([
    ['AT+FOO', '+CME ERROR: 4'],
    ['AT+FOO?', '+CME ERROR: 4'],
    ['AT+CMEE=7', '+CME ERROR: 50'],
    ['AT+CPIN="1234"', '+CME ERROR: 3'],
    ['AT+CGLA=1,4,"80E2"', null],
    ['AT+CGLA=1,10,"80E2"', '+CME ERROR: 50'],
    ['AT+CCHC=1', '+CME ERROR: 21'],
    ['AT+CCHO="A000000559"', '+CME ERROR: 22'],
    ['AT+CMEE=0;+FOO', 'ERROR'],
    ['AT+CMEE=2;+FOO', '+CME ERROR: Operation not supported'],
    ['AT+X="', 'ERROR'],
    ['hello', ''],
  ])('%s fails with %s', (line, final) => {
    const answer = startRegistered().ask(line);
    if (final === null) expect(answer).toBe(`\r\n+CGLA: 4,"6881"\r\n${ok}`);
    else expect(answer).toBe(final === '' ? '' : `\r\n${final}\r\n`);
  });

  it('answers what comes while it is busy afterwards, in order', () => {
    const bench = startRegistered();
    bench.modem.receive(Buffer.from('AT+CPIN?\rAT+CSQ\r'));
    expect(bench.pass(1)).toBe('');
    expect(bench.pass(100)).toBe(`\r\n+CPIN: READY\r\n${ok}\r\n+CSQ: 21,99\r\n${ok}`);
  });
});

describe('the way to the chip', () => {
  it('opens channels, corrects the class of what is sent on them, and closes them', () => {
    const bench = startRegistered();
    expect(bench.ask(openIsdr)).toBe(`\r\n+CCHO: 1\r\n${ok}`);
    expect(bench.ask(openIsdr)).toBe(`\r\n+CCHO: 2\r\n${ok}`);
    expect(bench.ask('AT+CGLA=2,22,"80E2910006BF3E035C015A"')).toBe(`\r\n+CGLA: 4,"6115"\r\n${ok}`);
    expect(bench.ask('AT+CGLA=2,10,"81c0000015"')).toBe(`\r\n+CGLA: 46,"BF3E125A10890449900000000000000000000002859000"\r\n${ok}`);
    expect(bench.ask('AT+CCHC=2')).toBe(ok);
    expect(bench.ask('AT+CGLA=2,10,"81C0000015"')).toBe(`\r\n+CGLA: 4,"6881"\r\n${ok}`);
  });

  it('carries plain APDUs', () => {
    const bench = startRegistered();
    expect(bench.ask('AT+CSIM=10,"0070000001"')).toBe(`\r\n+CSIM: 6,"019000"\r\n${ok}`);
    expect(bench.ask('AT+CSIM=42,"01A4040010A0000005591010FFFFFFFF8900000100"')).toBe(`\r\n+CSIM: 4,"6121"\r\n${ok}`);
    expect(bench.ask('AT+CSIM=22,"81E2910006BF3E035C015A"')).toBe(`\r\n+CSIM: 4,"6115"\r\n${ok}`);
  });
});

describe('a switch of profiles', () => {
  it('with refresh takes the modem from one network to the other', () => {
    const bench = startRegistered();
    bench.ask('AT+CREG=1;+CEREG=2');
    bench.ask(openIsdr);
    expect(bench.ask(enableHoliday('FF'))).toBe(`\r\n+CGLA: 4,"6106"\r\n${ok}`);
    expect(bench.ask('AT+CGLA=1,10,"80C0000006"')).toBe(`\r\n+CGLA: 16,"BF3103800100910B"\r\n${ok}`);
    expect(bench.pass(100)).toBe('\r\n+CREG: 0\r\n\r\n+CEREG: 0\r\n\r\n+CPIN: NOT READY\r\n');
    expect(bench.pass(300)).toBe('\r\n+QUSIM: 1\r\n\r\n+CPIN: READY\r\n\r\n+CREG: 2\r\n\r\n+CEREG: 2\r\n');
    expect(bench.ask('AT+COPS?')).toBe(`\r\n+COPS: 0\r\n${ok}`);
    expect(bench.pass(700)).toBe('\r\n+CREG: 1\r\n\r\n+CEREG: 1,"1F0A","A2B3C01",7\r\n');
    expect(bench.ask('AT+CIMI')).toBe(`\r\n001010000033391\r\n${ok}`);
  });

  it('without refresh goes unnoticed until the SIM is powered again', () => {
    const bench = startRegistered();
    bench.ask(openIsdr);
    bench.ask(enableHoliday('00'));
    bench.pass(2000);
    expect(bench.ask('AT+QCCID')).toContain('8944990000004821602F');
    expect(bench.ask('AT+CRSM=176,12258,0,0,10')).toContain('984499020000303319F5');
    bench.ask('AT+CFUN=0');
    bench.pass(500);
    expect(bench.ask('AT+QCCID')).toBe('\r\n+CME ERROR: 13\r\n');
    bench.ask('AT+CFUN=1');
    bench.pass(2000);
    expect(bench.ask('AT+QCCID')).toContain('8944992000000333915F');
    expect(bench.ask('AT+CREG?')).toContain('+CREG: 0,1');
  });

  it('leaves the modem without a SIM but with a chip when nothing is enabled', () => {
    const bench = startRegistered({ profiles: [] });
    expect(bench.ask('AT+CPIN?')).toBe('\r\n+CME ERROR: 13\r\n');
    expect(bench.ask('AT+CREG?')).toBe(`\r\n+CREG: 0,0\r\n${ok}`);
    expect(bench.ask(openIsdr)).toBe(`\r\n+CCHO: 1\r\n${ok}`);
  });
});

describe('losing things', () => {
  it('tells that the SIM left and that it is back', () => {
    const bench = startRegistered();
    bench.ask('AT+CEREG=1');
    bench.slot.controls.remove();
    expect(bench.heard()).toBe('\r\n+CEREG: 0\r\n\r\n+CPIN: NOT READY\r\n');
    expect(bench.ask('AT+CPIN?')).toBe('\r\n+CME ERROR: 10\r\n');
    bench.slot.controls.insert();
    expect(bench.pass(2000)).toContain('+CPIN: READY');
  });

  it('ends the command in which the SIM leaves', () => {
    const bench = startRegistered();
    bench.ask(openIsdr);
    bench.slot.controls.removeAt(1);
    expect(bench.ask('AT+CGLA=1,22,"80E2910006BF3E035C015A"')).toBe('\r\n+CPIN: NOT READY\r\n\r\n+CME ERROR: 10\r\n');
  });

  it('is silent without power, and has forgotten its settings afterwards', () => {
    const bench = startRegistered();
    bench.modem.receive(Buffer.from('AT+CPIN?\r'));
    bench.modem.powerOff();
    expect(bench.pass(5000)).toBe('');
    bench.modem.powerOn();
    bench.pass(2000);
    expect(bench.ask('AT')).toBe(`AT\r${ok}`);
  });

  it('goes off the air and back with CFUN=4 and with COPS=2', () => {
    const bench = startRegistered();
    bench.ask('AT+CEREG=1');
    bench.modem.receive(Buffer.from('AT+CFUN=4\r'));
    expect(bench.pass(400)).toBe(`\r\n+CEREG: 0\r\n${ok}`);
    expect(bench.ask('AT+CSQ')).toBe(`\r\n+CSQ: 99,99\r\n${ok}`);
    bench.modem.receive(Buffer.from('AT+CFUN=1\r'));
    expect(bench.pass(2000)).toBe(`\r\n+CEREG: 2\r\n${ok}\r\n+CEREG: 5\r\n`);
    expect(bench.ask('AT+COPS=2')).toBe(`\r\n+CEREG: 0\r\n${ok}`);
    expect(bench.ask('AT+COPS=0')).toBe(`\r\n+CEREG: 2\r\n${ok}`);
    expect(bench.pass(2000)).toBe('\r\n+CEREG: 5\r\n');
  });
});
