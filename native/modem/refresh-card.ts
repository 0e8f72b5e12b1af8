import type { RefreshGoal, RefreshOutcome, RefreshStep } from '../apdu/card-access.ts';
import type { AtChannel } from '../at/channel-types.ts';
import { setFunctionalityCommand } from '../at/commands/functionality.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { SimState } from './modem.ts';
import type { SimWatch } from './sim-watch.ts';
import type { StatusReader } from './status-reader.ts';
import type { ModemTimings } from './timings.ts';
import type { ModemVendor } from './vendors/vendor.ts';

export type RefreshOrder = {
  readonly goal: RefreshGoal;
  /** `SimWatch.count` when the command that switched the profile was sent: what came after it is news of the switch. */
  readonly newsCount: number;
  /** What has helped before. */
  readonly known: RefreshStep | null;
  /** A step that has been taken already, by a restart or because the port closed over it. */
  readonly done: RefreshStep | null;
};

type RefreshParts = {
  readonly channel: AtChannel;
  readonly reader: StatusReader;
  readonly watch: SimWatch;
  readonly timings: ModemTimings;
  readonly vendor: ModemVendor;
};

type LadderStep = Extract<RefreshStep, 'radioOffOn' | 'cardOffOn' | 'cardPower'>;

/**
 * Makes a modem look at its card again after the enabled profile changed: first it is given time to notice by itself, then it goes up the ladder.
 * What has helped before comes first. `unnoticed`: nothing has helped but a restart, which is for the caller to order: the port may close over it.
 * @throws DeviceError PORT_CLOSED with details.refreshStep where it closed over a step
 */
export async function refreshCard(parts: RefreshParts, order: RefreshOrder): Promise<RefreshOutcome> {
  const { timings } = parts;
  const { goal, known, done } = order;
  if (done !== null) {
    if (await settles(parts, order, timings.readyMs, done)) return done;
    if (done === 'restart') return 'unnoticed';
  } else if (goal.kind !== 'reset') {
    // A modem that did not notice by itself the last time will hardly do so now.
    const noticeMs = known === null || known === 'byItself' ? timings.noticeMs : timings.pollMs;
    if (await settles(parts, order, noticeMs, null)) return 'byItself';
    if (known === 'restart') return 'unnoticed';
  }
  for (const step of stepsOf(parts.vendor, order)) {
    await take(parts, step);
    if (await settles(parts, order, timings.readyMs, step)) return step;
  }
  return 'unnoticed';
}

function stepsOf({ refresh, cardPower }: ModemVendor, { goal, known, done }: RefreshOrder): readonly LadderStep[] {
  const ladder: readonly LadderStep[] = cardPower === null ? refresh : [...refresh, 'cardPower'];
  // The radio has nothing to do with a card that is to begin anew.
  const fit = ladder.filter((step) => step !== done && !(goal.kind === 'reset' && step === 'radioOffOn'));
  return fit.toSorted((one, other) => Number(other === known) - Number(one === known));
}

async function take({ channel, timings, vendor }: RefreshParts, step: LadderStep): Promise<void> {
  try {
    switch (step) {
      case 'radioOffOn':
        await offAndOn(channel, [setFunctionalityCommand.encode(4)]);
        break;
      case 'cardOffOn':
        await offAndOn(channel, [
          vendor.cardOffOn === 'oneLine' ? `${setFunctionalityCommand.encode(0)};+CFUN=1` : setFunctionalityCommand.encode(0),
        ]);
        break;
      case 'cardPower':
        await powerCard(channel, vendor, timings);
        break;
      default:
        step satisfies never;
    }
  } catch (error) {
    if (!isDeviceError(error) || error.code !== 'PORT_CLOSED') throw error;
    throw new DeviceError('PORT_CLOSED', { ...error.details, refreshStep: step }, { cause: error });
  }
}

/** `+CFUN=1` follows whatever became of the switching off: a modem must not stay without radio because of us. */
async function offAndOn(channel: AtChannel, off: readonly string[]): Promise<void> {
  const on = setFunctionalityCommand.encode(1);
  for (const line of [...off, on, on]) if ((await attempt(channel, line)) && line === on) return;
}

async function powerCard(channel: AtChannel, { cardPower }: ModemVendor, timings: ModemTimings): Promise<void> {
  if (cardPower === null || !(await attempt(channel, `AT${cardPower.off}`))) return;
  await new Promise((resolve) => {
    setTimeout(resolve, timings.cardRestMs);
  });
  for (const command of cardPower.on) if (!(await attempt(channel, `AT${command}`))) await attempt(channel, `AT${command}`);
}

/** Whether the modem has done it. @throws DeviceError PORT_CLOSED */
async function attempt(channel: AtChannel, line: string): Promise<boolean> {
  try {
    await channel.request({ line });
    return true;
  } catch (error) {
    if (!isDeviceError(error) || error.code === 'PORT_CLOSED') throw error;
    return false;
  }
}

/** What the modem shows, held against the goal. `unclear`: a card that can be used, and nobody knows which profile is enabled. */
type View = 'reached' | 'unclear' | 'other' | 'gone' | 'busy';

function viewOf(goal: RefreshGoal, state: SimState, iccid: string | null): View {
  if (state === 'busy') return 'busy';
  if (state !== 'ready' && state !== 'pinRequired' && state !== 'pukRequired') return 'gone';
  if (goal.kind === 'reset' || iccid === null) return 'unclear';
  return (iccid === goal.iccid) === (goal.kind === 'enabled') ? 'reached' : 'other';
}

/**
 * Whether the goal is reached within the time. Where the card's number does not tell, it counts that the modem has looked at the card again; a card that
 * stays away has no enabled profile. A modem that has looked and shows the former profile will not show another for waiting.
 */
async function settles(
  { reader, watch, timings }: RefreshParts,
  { goal, newsCount }: RefreshOrder,
  timeoutMs: number,
  step: RefreshStep | null,
): Promise<boolean> {
  const begun = performance.now();
  const deadline = begun + timeoutMs;
  for (;;) {
    const { state, iccid } = await readCard(reader);
    const now = performance.now();
    const hasLooked = watch.count > newsCount || step !== null;
    const quietMs = now - Math.max(watch.lastAt, begun);
    switch (viewOf(goal, state, iccid)) {
      case 'reached':
        return true;
      case 'unclear':
        if (hasLooked && quietMs >= timings.pollMs) return true;
        break;
      case 'gone':
        if (goal.kind !== 'enabled' && hasLooked && quietMs >= timings.settleMs) return true;
        break;
      case 'other':
        if (hasLooked && quietMs >= timings.settleMs) return false;
        break;
      case 'busy':
        break;
    }
    if (now >= deadline) return false;
    await watch.next(Math.min(timings.pollMs, deadline - now));
  }
}

/** While the card is read again, commands may fail in any way; only a closed port ends the waiting. */
async function readCard(reader: StatusReader): Promise<Awaited<ReturnType<StatusReader['card']>>> {
  try {
    return await reader.card();
  } catch (error) {
    if (!isDeviceError(error) || error.code === 'PORT_CLOSED') throw error;
    return { state: 'busy', iccid: null };
  }
}
