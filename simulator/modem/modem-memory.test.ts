import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startRegistered } from './modem-stage.fixture.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leb-modem-memory-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('keeps messages, PINs and settings over the end of its process', () => {
  const stateDir = makeFolder();
  const first = startRegistered({ stateDir });
  first.modem.receiveText({ from: '+447700900111', to: '+447700900482', text: 'hello' });
  expect(first.pass(500)).toContain('+CMTI: "SM",0');
  first.ask('AT+CGDCONT=2,"IP","kept"');
  first.ask('AT+QCFG="nwscanmode",3');
  first.ask('AT+QUIMSLOT=2');
  first.ask('AT+CLCK="SC",1,"1234"');
  first.ask('AT+CPIN="0000"');
  first.modem.powerOff();

  const second = startRegistered({ stateDir });
  expect(second.ask('AT+CPIN?')).toContain('+CPIN: SIM PIN');
  second.ask('AT+CPIN="1234"');
  second.pass(2000);
  expect(second.ask('AT+CMGL=4')).toContain('+CMGL: 0,0,,');
  expect(second.ask('AT+CGDCONT?')).toContain('+CGDCONT: 2,"IP","kept"');
  expect(second.ask('AT+QCFG="nwscanmode"')).toContain('"nwscanmode",3');
  expect(second.ask('AT+QUIMSLOT?')).toContain('+QUIMSLOT: 2');
  second.ask('AT&F');
  second.modem.powerOff();

  const third = startRegistered({ stateDir });
  expect(third.ask('AT+QCFG="nwscanmode"')).toContain('"nwscanmode",0');
  expect(third.ask('AT+CPIN?')).toContain('+CPIN: SIM PIN');
});

it("leaves the settings of another maker's modem where they are, and takes what is the card's", () => {
  const stateDir = makeFolder();
  const first = startRegistered({ stateDir });
  first.ask('AT+QCFG="nwscanmode",1');
  first.ask('AT+CLCK="SC",1,"1234"');
  first.modem.powerOff();
  const second = startRegistered({ kind: 'simcom', stateDir });
  expect(second.ask('AT+CNMP?')).toContain('+CNMP: 2');
  expect(second.ask('AT+CPIN?')).toContain('+CPIN: SIM PIN');
});

it('refuses a file that is none of its own', () => {
  const stateDir = makeFolder();
  writeFileSync(join(stateDir, 'modem.json'), '{"model":1}');
  expect(() => startRegistered({ stateDir })).toThrow(/model/);
});
