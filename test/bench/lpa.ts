import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { createVirtualHardware, virtualModemPath, virtualReaderName } from '#simulator/hardware.ts';
import { meadowPersonal } from '#simulator/sample.ts';
import { sampleOrders } from '#simulator/smdp/sample-orders.ts';
import { startSmdp } from '#simulator/smdp/server.ts';
import { makeFolder, openApplication, type OpenApplication, removeFolder, untilDevice, untilTaskEnds } from '../integration/core-stage.ts';
import { countLines } from '../support/count-lines.ts';
import { downloadApproved, type LpaStage, openLpaStage, readerId } from '../support/lpa-stage.ts';
import type { Bench, Figure } from './figure.ts';
import { createTurnTimer, type Turns } from './time-turns.ts';

/** An order for a profile of 12 kB. */
const plain = sampleOrders.find(({ matchingId }) => matchingId === 'LEB-ASIA') ?? fail('the bench has no such order');
const { iccid: other } = meadowPersonal;

export const lpaBench: Bench = {
  name: 'lpa',
  how:
    'command APDUs, resets and TLS connections of the application, with the simulated eUICC in its reader (T=0 where nothing else is said) ' +
    'and the simulated SM-DP+ in this process; in brackets what others need for the same',
  async run() {
    return [...(await onReader('T=0')), ...(await onReader('T=1')), ...(await throughModem()), await ownTime()];
  },
};

type Counts = { readonly apdus: number; readonly resets: number; readonly connections: number };

function counter({ exchanges, smdp }: LpaStage): () => Counts {
  const start = { ...exchanges, connections: smdp.counters.connections };
  return () => ({
    apdus: exchanges.apdus - start.apdus,
    resets: exchanges.resets - start.resets,
    connections: smdp.counters.connections - start.connections,
  });
}

/** Each piece of work in a run of the program of its own, so that no connection is left of the one before. */
async function onReader(protocol: 'T=0' | 'T=1'): Promise<readonly Figure[]> {
  const stage = await openLpaStage({ orders: [plain], protocol });
  try {
    const sinceInsertion = counter(stage);
    const first = await stage.open();
    const overview = sinceInsertion();
    const sinceChoice = counter(stage);
    const { state, deliveries } = await untilTaskEnds(first.desk, first.desk.profiles.enable({ deviceId: readerId, iccid: other }));
    const told = deliveries.filter((delivery) => delivery.state === 'delivered').length;
    if (state !== 'done' || told !== 2) throw new Error(`the switch ended as ${state}, with ${told} notifications delivered`);
    const change = sinceChoice();
    await first.close();
    const list = await listAgain(stage);

    const second = await stage.open();
    const sinceCode = counter(stage);
    await download(stage, second);
    const downloaded = sinceCode();
    await second.close();

    if (protocol === 'T=1')
      return [
        count('T=1: download of a 12 kB profile with its notification', downloaded.apdus, 'APDUs'),
        count('T=1: first overview of a card', overview.apdus, 'APDUs'),
        count('T=1: switch of profile, two notifications delivered', change.apdus, 'APDUs'),
        count('T=1: list again after a change', list, 'APDUs'),
      ];
    return [
      count('download of a 12 kB profile with its notification', downloaded.apdus, 'APDUs', 88, 'lpac 145'),
      count('download, to its one server', downloaded.connections, 'TLS connections', 1, 'lpac 4'),
      count('first overview of a card', overview.apdus, 'APDUs', 14, 'EasyLPAC 24'),
      count('first overview', overview.resets, 'resets', 0, 'EasyLPAC 3'),
      count('switch of profile, two notifications delivered', change.apdus, 'APDUs', 22, 'EasyLPAC about 82'),
      count('switch of profile, with the one that the card needs', change.resets, 'resets', 1, 'EasyLPAC 9'),
      count('switch of profile, to its one server', change.connections, 'TLS connections', 1, 'EasyLPAC 2'),
      count('list of three profiles again after a change', list, 'APDUs', 2, '6 with channel set-up'),
    ];
  } finally {
    await stage.close();
  }
}

/** @throws Error where it does not end with the profile on the card and its server told */
async function download({ smdp }: LpaStage, { desk }: OpenApplication): Promise<void> {
  const { matchingId } = plain;
  const { state, error } = await downloadApproved(desk, { deviceId: readerId, code: smdp.activationCode(matchingId) ?? '' });
  const progress = smdp.order(matchingId)?.progress.state;
  if (state !== 'done' || progress !== 'installed') throw new Error(`the download ended as ${state}, ${progress}: ${error?.code}`);
}

/** The list of profiles on the open session that has just changed one. */
async function listAgain({ transport, exchanges }: LpaStage): Promise<number> {
  const connection = await transport.connect(virtualReaderName);
  const access = createReaderAccess(connection);
  try {
    const euicc = await openEuicc(access);
    await euicc.setNickname(other, 'Travel');
    const before = exchanges.apdus;
    const profiles = await euicc.profiles();
    if (!profiles.some(({ nickname }) => nickname === 'Travel')) throw new Error('the list does not show the change');
    return exchanges.apdus - before;
  } finally {
    await access.close();
  }
}

async function throughModem(): Promise<readonly Figure[]> {
  const hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1 });
  const smdp = await startSmdp({ stateDir: null, orders: [plain] });
  const dataDir = await makeFolder();
  const counted = countLines(hardware.serialTransport);
  const application = await openApplication({
    dataDir,
    serialTransports: [counted.transport],
    virtualBench: false,
    extraRoots: [smdp.tlsRootPem],
    accountServiceUrl: 'http://127.0.0.1:9',
  });
  try {
    const deviceId = `serial:${virtualModemPath}`;
    await untilDevice(application.desk, deviceId, ({ state, euicc }) => state === 'ready' && euicc !== null);
    const before = counted.lines();
    const { state, error } = await downloadApproved(application.desk, { deviceId, code: smdp.activationCode(plain.matchingId) ?? '' });
    if (state !== 'done') throw new Error(`the download through the modem ended as ${state}: ${error?.code}`);
    return [count('through a modem: download with its notification', counted.lines() - before, 'AT lines')];
  } finally {
    await application.close();
    await smdp.close();
    hardware.close();
    await removeFolder(dataDir);
  }
}

/**
 * What is left of a download's time without the card's and the server's. Each turn and each wait is the shortest of several downloads
 * that are alike: what else the machine does, and when the garbage of the simulated card is collected, can only make it longer.
 */
async function ownTime(): Promise<Figure> {
  const timer = createTurnTimer();
  try {
    const rounds: Turns[] = [];
    for (let round = 0; round < 11; round += 1) {
      const stage = await openLpaStage({ orders: [plain], around: (transport) => timer.around(transport) });
      const application = await stage.open();
      timer.begin();
      await download(stage, application);
      rounds.push(timer.end());
      await application.close();
      await stage.close();
    }
    const own = sumOfShortest(rounds.map((round) => round.own));
    const share = own / (own + sumOfShortest(rounds.map((round) => round.waits)));
    return {
      name: "download, time besides the card's and the server's",
      value: Math.round(share * 100),
      unit: '%',
      kind: 'ratio',
      atMost: 15,
    };
  } finally {
    timer.close();
  }
}

function sumOfShortest(rounds: readonly (readonly number[])[]): number {
  const [first = []] = rounds;
  if (rounds.some(({ length }) => length !== first.length)) throw new Error('the downloads are not alike');
  return first.reduce((sum, _time, turn) => sum + Math.min(...rounds.map((round) => round[turn] ?? 0)), 0);
}

function count(name: string, value: number, unit: string, atMost?: number, peers?: string): Figure {
  return { name, value, unit, kind: 'count', ...(atMost === undefined ? {} : { atMost }), ...(peers === undefined ? {} : { peers }) };
}

function fail(message: string): never {
  throw new Error(message);
}
