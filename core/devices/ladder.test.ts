import { describe, expect, it } from 'vitest';
import { modemLadder, readerLadder, type ModemFacts, type ReaderFacts } from './ladder.ts';

const reader: ReaderFacts = { presence: 'card', serviceProblem: null, readerName: 'R', atr: '3B00', euicc: null, problem: null };
const modem: ModemFacts = {
  presence: 'listed',
  path: '/dev/ttyUSB2',
  answered: 'Maker Model',
  status: null,
  euicc: null,
  euiccProblem: null,
  problem: null,
};
const status: NonNullable<ModemFacts['status']> = {
  manufacturer: null,
  model: null,
  revision: null,
  imei: null,
  sim: 'ready',
  iccid: '8944990000000000019',
  imsi: null,
  registration: { state: 'home', technology: null, areaCode: null, cellId: null },
  operator: { name: 'Net', mccMnc: null },
  signal: null,
  readAt: '2026-05-01T10:00:00.000Z',
};
const problem = (code: NonNullable<ReaderFacts['problem']>['code']) => ({ code, details: {} });

describe('ladder of a reader', () => {
  it.each<[string, Partial<ReaderFacts>, string, string]>([
    ['the service is down', { presence: 'serviceDown', serviceProblem: problem('PCSC_SERVICE_DOWN') }, 'pcscService', 'PCSC_SERVICE_DOWN'],
    ['it is unplugged', { presence: 'gone' }, 'reader', 'READER_GONE'],
    ['it is empty', { presence: 'empty' }, 'card', 'NO_CARD'],
    ['the card is mute', { presence: 'mute' }, 'card', 'CARD_MUTE'],
    ['another program holds the card', { presence: 'held' }, 'notHeld', 'CARD_BUSY'],
    ['our reading found it held', { problem: problem('CARD_BUSY') }, 'notHeld', 'CARD_BUSY'],
    ['it is an ordinary card', { problem: problem('NOT_AN_EUICC') }, 'euicc', 'NOT_AN_EUICC'],
  ])('names the first unmet rung when %s', (_case, change, name, code) => {
    const rungs = readerLadder({ ...reader, ...change });
    const position = rungs.findIndex(({ state }) => state === 'unmet');
    expect(rungs[position]).toMatchObject({ name, problem: { code } });
    expect(rungs.slice(0, position).every(({ state }) => state === 'met')).toBe(true);
    expect(rungs.slice(position + 1).every(({ state }) => state === 'notReached')).toBe(true);
  });

  it('is checking while a card is read, and shows its ATR', () => {
    const rungs = readerLadder(reader);
    expect(rungs.at(-1)).toMatchObject({ name: 'euicc', state: 'checking' });
    expect(rungs.find(({ name }) => name === 'card')?.evidence).toBe('3B00');
  });
});

describe('ladder of a modem', () => {
  it.each<[Partial<ModemFacts>, string, string]>([
    [{ presence: 'gone' }, 'port', 'PORT_NOT_FOUND'],
    [{ answered: null, problem: problem('PORT_PERMISSION') }, 'permission', 'PORT_PERMISSION'],
    [{ answered: null, problem: problem('PORT_BUSY') }, 'notHeldPort', 'PORT_BUSY'],
    [{ answered: null, problem: problem('MODEM_SILENT') }, 'answers', 'MODEM_SILENT'],
    [{ status: { ...status, sim: 'pinRequired' } }, 'sim', 'SIM_PIN_REQUIRED'],
    [{ status: { ...status, sim: 'absent' } }, 'sim', 'SIM_ABSENT'],
    [{ status: { ...status, registration: { ...status.registration, state: 'denied' } } }, 'registered', 'NOT_REGISTERED'],
  ])('%j', (change, name, code) => {
    expect(modemLadder({ ...modem, ...change }).find(({ state }) => state === 'unmet')).toMatchObject({ name, problem: { code } });
  });

  it('is whole without an eUICC, and says so where one should be and cannot be read', () => {
    expect(modemLadder({ ...modem, status }).every(({ state }) => state === 'met')).toBe(true);
    expect(modemLadder({ ...modem, status, euiccProblem: problem('MODEM_NO_EUICC_ACCESS') }).some(({ name }) => name === 'euicc')).toBe(
      false,
    );
    expect(modemLadder({ ...modem, status, euiccProblem: problem('CARD_ANSWER') }).at(-1)).toMatchObject({ name: 'euicc', state: 'unmet' });
  });

  it('is checking, not failed, while the modem comes back or searches', () => {
    expect(modemLadder({ ...modem, presence: 'reconnecting' })[0]).toMatchObject({ name: 'port', state: 'checking' });
    const searching = { ...status, registration: { ...status.registration, state: 'searching' as const } };
    expect(modemLadder({ ...modem, status: searching }).at(-1)).toMatchObject({ name: 'registered', state: 'checking' });
  });
});
