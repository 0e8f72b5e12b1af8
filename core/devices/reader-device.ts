import type { Problem } from '#contract/common.ts';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { CardTransport, ReaderSnapshot } from '#native/transport/card-transport.ts';
import { instantNow, pause, withDeadline } from '../clock.ts';
import { toProblem } from '../problem.ts';
import { createDeviceQueue } from './device-queue.ts';
import { readSecureElements, withReading } from './euicc-overview.ts';
import { readerLadder, type ReaderFacts } from './ladder.ts';
import type { DeviceSurroundings, ManagedDevice } from './managed-device.ts';
import { createReservation } from './reservation.ts';

const connectDeadline = 15_000;
const readingDeadline = 60_000;
/** Another program often looks at a new card for a moment; after these waits it counts as held. */
const heldRetries = [500, 1000, 2000];
/** The system tells with a delay who holds a card. */
const echoOfOwnUse = 1500;

export type ReaderDevice = ManagedDevice & {
  readonly transport: CardTransport;
  /** What the transport says of this reader; null when it no longer lists it. */
  update(snapshot: ReaderSnapshot | null): void;
  serviceDown(problem: Problem): void;
};

export function createReaderDevice(transport: CardTransport, readerName: string, surroundings: DeviceSurroundings): ReaderDevice {
  const deviceId = `pcsc:${readerName}`;
  const { layer, log, changed } = surroundings;
  const queue = createDeviceQueue();
  const closing = new AbortController();
  let presence: ReaderFacts['presence'] = 'empty';
  let serviceProblem: Problem | null = null;
  let atr: string | null = null;
  /** One for each secure element, in the order in which they were found. */
  let euiccs: readonly EuiccOverview[] = [];
  let problem: Problem | null = null;
  const reservation = createReservation(changed);
  let seenAt = instantNow();
  /** Counts insertions, so that a reading of the former card is never taken for one of the present card. */
  let insertion = 0;
  let lastUse = -Infinity;

  const forgetCard = (): void => {
    insertion += 1;
    euiccs = [];
    problem = null;
    atr = null;
  };

  async function connected<Result>(work: (access: CardAccess) => Promise<Result>): Promise<Result> {
    if (presence === 'gone') throw new DeviceError('READER_GONE', { reader: readerName });
    const opening = transport.connect(readerName);
    const connection = await withDeadline(opening, connectDeadline, () => {
      // It may still come: then nobody wants it any more.
      opening.then((late) => late.close()).catch(() => undefined);
      return new DeviceError('CARD_MUTE', { reader: readerName });
    });
    const access = layer.createReaderAccess(connection);
    try {
      return await work(access);
    } finally {
      await access.close();
      await connection.close();
      lastUse = performance.now();
    }
  }

  async function read(priority: 'user' | 'poll'): Promise<void> {
    const mine = insertion;
    let failure: Problem | null = null;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const found = await queue.run(priority, () =>
          connected((access) =>
            withDeadline(readSecureElements(access, layer), readingDeadline, () => new DeviceError('CARD_MUTE', { reader: readerName })),
          ),
        );
        if (mine !== insertion) return;
        euiccs = found;
        problem = null;
        changed();
        return;
      } catch (error) {
        if (mine !== insertion) return;
        failure = toProblem(error);
        if (!isDeviceError(error)) log.error('reader.read', error);
        // CARD_REMOVED with the card still listed: it was pulled and put back faster than the transport tells.
        const again = failure.code === 'CARD_BUSY' || failure.code === 'CARD_REMOVED' ? heldRetries[attempt] : undefined;
        if (again === undefined || !(await pause(again, closing.signal))) break;
        if (mine !== insertion) return;
      }
    }
    problem = failure;
    euiccs = [];
    changed();
  }

  const inserted = (): void => {
    forgetCard();
    void read('poll');
  };

  async function readIfStillThere(): Promise<void> {
    const mine = insertion;
    if ((await pause(echoOfOwnUse, closing.signal)) && presence === 'card' && mine === insertion) inserted();
  }

  function state(): Device['state'] {
    if (presence === 'gone') return 'ghost';
    if (presence === 'empty') return 'empty';
    if (presence !== 'card') return 'blocked';
    if (euiccs.length > 0) return 'ready';
    return problem === null ? 'reading' : 'blocked';
  }

  return {
    deviceId,
    kind: 'reader',
    transport,
    get euicc() {
      return euiccs[0] ?? null;
    },
    euiccOf: (isdrAid) => (isdrAid === null ? euiccs[0] : euiccs.find((one) => one.isdrAid === isdrAid)) ?? null,
    get ghost() {
      return presence === 'gone';
    },
    view: () => ({
      deviceId,
      kind: 'reader',
      name: readerName,
      virtual: transport.virtual,
      state: state(),
      busyTaskId: reservation.taskId,
      ladder: readerLadder({ presence, serviceProblem, readerName, atr, euicc: euiccs[0] ?? null, problem }),
      euicc: euiccs[0] ?? null,
      otherEuiccs: euiccs.slice(1),
      modem: null,
      seenAt,
    }),
    update(snapshot) {
      const former = presence;
      if (snapshot === null) {
        if (former === 'gone') return;
        presence = 'gone';
        forgetCard();
        changed();
        return;
      }
      seenAt = instantNow();
      // While we hold the card ourselves the system says that it is held.
      const ours = queue.busy || performance.now() - lastUse < echoOfOwnUse;
      presence = snapshot.card === 'present' || (snapshot.card === 'held' && ours) ? 'card' : snapshot.card;
      const nowAtr = snapshot.atr === null ? null : Buffer.from(snapshot.atr).toString('hex').toUpperCase();
      if (presence === 'empty' || presence === 'mute') {
        if (former !== presence) forgetCard();
      } else if (presence === 'card' && (former !== 'card' || (nowAtr !== null && atr !== null && nowAtr !== atr))) {
        inserted();
      }
      atr = nowAtr ?? atr;
      changed();
    },
    serviceDown(why) {
      presence = 'serviceDown';
      serviceProblem = why;
      forgetCard();
      changed();
    },
    async refresh() {
      if (presence !== 'card' && presence !== 'held') return;
      await read('user');
    },
    reserve: (taskId) => reservation.take(taskId),
    async useCard(work, signal) {
      try {
        return await queue.run('user', () => connected(work), signal);
      } catch (error) {
        // What was read before may no longer be true, and a card that was put back at once may not be told by the transport.
        const code = isDeviceError(error) ? error.code : null;
        if (code === 'CARD_REMOVED' || code === 'CARD_MUTE' || code === 'READER_GONE') {
          void readIfStillThere();
        }
        throw error;
      }
    },
    keepReading(overview) {
      if (presence !== 'card') return;
      euiccs = withReading(euiccs, overview);
      problem = null;
      changed();
    },
    modem: () => null,
    async close() {
      closing.abort();
      // Lets an operation that has begun give the card back; bounded, as the transport's own waits are.
      await withDeadline(
        queue.run('user', () => Promise.resolve()),
        3000,
        () => new DeviceError('CARD_MUTE', { reader: readerName }),
      ).catch(() => undefined);
    },
  };
}
