import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readAirScript, runAirScript } from './air-script.ts';
import { startRegistered, type ModemStage } from './modem-stage.fixture.ts';

function write(script: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'leb-air-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'air.json');
  writeFileSync(path, JSON.stringify(script));
  return path;
}

function start(script: unknown): ModemStage {
  const stage = startRegistered({ kind: 'generic' });
  stage.ask('AT+CEREG=3;+CNMI=2,1,0,1,0');
  onTestFinished(runAirScript(readAirScript(write(script)), stage.modem, 1));
  return stage;
}

const rsrp = (stage: ModemStage): number => Number(/\+CESQ: (?:\d+,){5}(\d+)/.exec(stage.ask('AT+CESQ'))?.[1]) - 141;

it('takes its steps one after the other', () => {
  const stage = start({
    steps: [
      { after: 1000, signal: { rsrp: -118, rsrq: -17 } },
      { after: 1000, refuse: 11 },
      { after: 1000, refuse: null },
      { after: 2000, inReach: false },
      { after: 2000, inReach: true, technologies: ['utran'] },
      { after: 2000, text: { from: '+447700900111', to: '+447700900482', text: 'hello' } },
    ],
  });
  stage.pass(1000);
  expect(rsrp(stage)).toBe(-118);
  expect(stage.pass(1000)).toBe('\r\n+CEREG: 3,,,,0,11\r\n');
  expect(stage.pass(2000)).toBe('\r\n+CEREG: 2\r\n\r\n+CEREG: 5,"1F0A","A2B3C01",7\r\n');
  expect(stage.pass(1000)).toBe('\r\n+CEREG: 2\r\n');
  expect(stage.pass(1000)).toBe('');
  expect(stage.pass(2000)).toBe('\r\n+CEREG: 0\r\n');
  expect(stage.ask('AT+COPS?')).toContain('"Harbour Mobile",2');
  expect(stage.pass(2000)).toBe('\r\n+CMTI: "SM",0\r\n');
});

it('lets the signal go where it goes bit by bit, and begins again', () => {
  const stage = start({
    steps: [{ after: 0, signal: { rsrp: -76, rsrq: -9 } }, { after: 1000, signal: { rsrp: -116, over: 4000 } }, { after: 5000 }],
    repeat: true,
  });
  const heard = Array.from({ length: 11 }, () => {
    stage.pass(950);
    return rsrp(stage);
  });
  expect(heard).toEqual([-76, -76, -86, -96, -106, -116, -76, -76, -86, -96, -106]);
});

it('has other networks, other codes, a slow scan and telephones that are off', () => {
  const stage = start({
    networks: [
      { mccMnc: '00101', name: 'Harbour Mobile', rsrp: -90 },
      { mccMnc: '00109', name: 'Far Away', rsrp: -120, bands: { gsm: [900] } },
    ],
    scanTime: 60_000,
    codes: { '*1#': { text: 'Choose', more: true }, '*1#/2': { text: 'Two' } },
  });
  stage.ask('AT+COPS=?');
  expect(stage.pass(59_000)).toBe('');
  expect(stage.pass(2000)).toContain('+COPS: (2,"Harbour Mobile","Harbour","00101",7),(1,"Far Away","Far","00109",0),,');
  stage.ask('AT+CUSD=1,"*1#",15');
  expect(stage.pass(500)).toBe('\r\n+CUSD: 1,"Choose",15\r\n');
  stage.ask('AT+CUSD=1,"2",15');
  expect(stage.pass(500)).toBe('\r\n+CUSD: 0,"Two",15\r\n');
  stage.ask('AT+CUSD=1,"*100#",15');
  expect(stage.pass(500)).toBe('\r\n+CUSD: 4\r\n');
});

it.each([
  [{ steps: [{ after: -1 }] }, 'after'],
  [{ steps: [{ after: 1, signal: { rsrp: -20 } }] }, 'rsrp'],
  [{ nonsense: true }, 'nonsense'],
])('%j is refused', (script, words) => {
  const path = write(script);
  expect(() => readAirScript(path)).toThrow(words);
});

it('is what the documentation shows', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/simulator.md', import.meta.url)), 'utf8');
  const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? '';
  expect(readAirScript(write(JSON.parse(example)))).toMatchObject({ repeat: true, steps: { length: 6 } });
});
