import type { AtChannel } from '../at/channel-types.ts';
import { setFunctionalityCommand } from '../at/commands/functionality.ts';
import { isDeviceError } from '../errors.ts';
import type { SimWatch } from './sim-watch.ts';
import type { StatusReader } from './status-reader.ts';
import type { ModemTimings } from './timings.ts';
import type { RefreshStep } from './vendors/vendor.ts';

export type RefreshBefore = {
  /** The card's number before the switch; null where no profile was enabled, undefined where it was not to be found out. */
  readonly iccid: string | null | undefined;
  /** `SimWatch.count` when the command that switched the profile was sent: what came after it is news of the switch. */
  readonly newsCount: number;
};

/** What made the modem notice; kept per modem, so that the next time begins with it. */
export type RefreshOutcome = 'byItself' | RefreshStep | 'unnoticed';

type RefreshParts = {
  readonly channel: AtChannel;
  readonly reader: StatusReader;
  readonly watch: SimWatch;
  readonly timings: ModemTimings;
};

/**
 * Makes a modem look at its card again after the enabled profile changed: first it is given time to notice by itself (REFRESH, ETSI
 * TS 102 223 §6.4.7; it says so or shows another number), then the radio is switched off and on, then the card. Ends when the card is ready, or
 * when it stays absent because no profile is enabled any more. Whether it is the wanted profile is for the caller to check.
 * @throws DeviceError PORT_CLOSED
 */
export async function refreshCard(
  parts: RefreshParts,
  before: RefreshBefore,
  steps: readonly RefreshStep[],
  known: RefreshOutcome | null,
): Promise<RefreshOutcome> {
  const { timings } = parts;
  // A modem that did not notice by itself the last time will hardly do so now.
  const noticeMs = known === null || known === 'byItself' ? timings.noticeMs : timings.pollMs;
  if (await settles(parts, before, noticeMs, null)) return 'byItself';
  const first = known === null ? 0 : Math.max(0, steps.indexOf(known as RefreshStep));
  for (const [index, step] of steps.entries()) {
    if (index < first) continue;
    const last = index === steps.length - 1;
    await switchOffAndOn(parts.channel, step === 'radioOffOn' ? 4 : 0);
    if (await settles(parts, before, timings.readyMs, last ? 'last' : 'middle')) return step;
  }
  return 'unnoticed';
}

/** `+CFUN=1` follows whatever became of the switching off: a modem must not stay without radio because of us. */
async function switchOffAndOn(channel: AtChannel, off: 0 | 4): Promise<void> {
  for (const level of [off, 1, 1] as const) {
    try {
      await channel.request({ line: setFunctionalityCommand.encode(level) });
      if (level === 1) return;
    } catch (error) {
      if (!isDeviceError(error) || error.code === 'PORT_CLOSED') throw error;
    }
  }
}

/**
 * Whether the card has become usable within the time. A card that still shows the old number counts only where the modem said that it looked
 * at it again, or after the last step, when the card itself has been switched off and on.
 */
async function settles(parts: RefreshParts, before: RefreshBefore, timeoutMs: number, step: 'middle' | 'last' | null): Promise<boolean> {
  const { reader, watch, timings } = parts;
  const begun = performance.now();
  const deadline = begun + timeoutMs;
  const newsAtStart = watch.count;
  for (;;) {
    const { state, iccid } = await readCard(reader);
    const now = performance.now();
    const noticed = watch.count > before.newsCount || step === 'last';
    const sinceNews = now - Math.max(watch.lastAt, begun);
    if (state === 'ready' || state === 'pinRequired' || state === 'pukRequired') {
      if (iccid !== null && before.iccid !== undefined && iccid !== before.iccid) return true;
      // The same number again: true for a switch that changed nothing, or the news came before the card was read. A moment tells.
      if (noticed && sinceNews >= timings.pollMs) return true;
    } else if (state !== 'busy' && noticed && sinceNews >= timings.settleMs) {
      return true;
    }
    if (now >= deadline) return false;
    // After a switching off that the modem's card did not feel, waiting longer makes no difference.
    if (step !== null && watch.count === newsAtStart && now - begun >= timings.settleMs) return false;
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
