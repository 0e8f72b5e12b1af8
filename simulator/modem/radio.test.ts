import { describe, expect, it } from 'vitest';
import { startRegistered, type ModemStage } from './modem-stage.fixture.ts';

const ok = '\r\nOK\r\n';

/** Registered, and telling of it. */
function start(kind: string): ModemStage {
  const stage = startRegistered({ kind });
  stage.ask('AT+CREG=2;+CEREG=3');
  return stage;
}

describe('what the radio may use', () => {
  it('one technology alone takes the modem there, and a restart changes nothing', () => {
    const stage = start('quectel');
    expect(stage.ask('AT+QCFG="nwscanmode",2')).toBe(`\r\n+CREG: 5,"1F0A","A2B3C01",2\r\n\r\n+CEREG: 0\r\n${ok}`);
    expect(stage.ask('AT+QENG="servingcell"')).toContain('"WCDMA",001,01,1F0A,A2B3C01,10587,');
    stage.modem.powerOff();
    stage.modem.powerOn();
    stage.pass(2000);
    expect(stage.ask('AT+QCFG="nwscanmode";+COPS?')).toContain('+QCFG: "nwscanmode",2\r\n\r\n+COPS: 0,0,"Harbour Mobile",2');
    expect(stage.ask('AT&F+QCFG="nwscanmode"')).toContain('"nwscanmode",0');
  });

  it('without the band of its network it finds none', () => {
    const stage = start('quectel');
    expect(stage.ask('AT+QCFG="band"')).toBe(`\r\n+QCFG: "band",0x7ff,0x1e00b0e18df,0x0\r\n${ok}`);
    stage.ask('AT+QCFG="nwscanmode",3');
    expect(stage.ask('AT+QCFG="band",0,40')).toContain('+CEREG: 2');
    expect(stage.ask('AT+QCFG="band"')).toBe(`\r\n+QCFG: "band",0x7ff,0x40,0x0\r\n${ok}`);
    expect(stage.pass(3000)).toBe('');
    stage.ask('AT+QCFG="band",0,0x44');
    expect(stage.pass(3000)).toContain('+CEREG: 5,"1F0A","A2B3C01",7');
  });
});

describe('what happens on the air', () => {
  it('signal is what it is set to', () => {
    const stage = start('quectel');
    stage.modem.air.setSignal(-118, -16);
    expect(stage.ask('AT+CESQ;+CSQ')).toContain('+CESQ: 99,99,255,255,8,23\r\n\r\n+CSQ: 10,99');
    expect(stage.ask('AT+QENG="servingcell"')).toContain(',-118,-16,-93,7,');
  });

  it.each([
    ['gsm', '+CREG: 5,"1F0A","A2B3C01",0', '+CESQ: 40,99,255,255,255,255'],
    ['utran', '+CREG: 5,"1F0A","A2B3C01",2', '+CESQ: 99,99,45,22,255,255'],
  ] as const)('its network goes on in %s alone', (technology, registration, quality) => {
    const stage = start('generic');
    stage.modem.air.setTechnologies([technology]);
    expect(stage.heard()).toBe(`\r\n${registration}\r\n\r\n+CEREG: 0\r\n`);
    expect(stage.ask('AT+CESQ')).toContain(quality);
  });

  it('networks go out of reach, and come back', () => {
    const stage = start('generic');
    stage.modem.air.setReach(false);
    expect(stage.pass(5000)).toBe('\r\n+CREG: 2\r\n\r\n+CEREG: 2\r\n');
    stage.ask('AT+COPS=?');
    expect(stage.pass(5000)).toBe(`\r\n+COPS: ,,(0-4),(0-2)\r\n${ok}`);
    stage.modem.air.setReach(true);
    expect(stage.pass(1000)).toContain('+CEREG: 5,');
  });

  it('networks refuse with a cause, and change their mind', () => {
    const stage = start('generic');
    stage.modem.air.refuse(7);
    expect(stage.heard()).toBe('\r\n+CREG: 3\r\n\r\n+CEREG: 3,,,,0,7\r\n');
    stage.modem.air.refuse(null);
    expect(stage.pass(1000)).toContain('+CEREG: 5,');
  });
});
