import { refreshSteps, type CardAccess, type RefreshGoal, type RefreshOutcome, type RefreshStep } from '#native/apdu/card-access.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Modem } from '#native/modem/modem.ts';
import { untilModemReturns } from './modem-return.ts';

/** A modem whose port closes over every step is not followed for ever. */
const mostReturns = 2;

/**
 * The card in a modem that may leave while it is refreshed, and comes back under whatever name. A refresh ends every channel anyway, so that whoever
 * uses the card need not know of it.
 * @param modem the open modem of the device; throws while there is none
 * @throws DeviceError why the modem, or the way to its card, cannot be used now
 */
export async function openReturningAccess(modem: () => Modem): Promise<CardAccess> {
  let current = modem();
  let access = await current.cardAccess();
  const closing = new AbortController();

  async function comeBack(): Promise<void> {
    await access.close();
    current = await untilModemReturns(modem, current, closing.signal);
    access = await current.cardAccess();
  }

  async function refresh(goal: RefreshGoal, step?: RefreshStep): Promise<RefreshOutcome> {
    let done = step;
    for (let returns = 0; ; returns += 1) {
      try {
        return await access.refresh(goal, done);
      } catch (error) {
        if (!isDeviceError(error) || error.code !== 'PORT_CLOSED' || returns === mostReturns) throw error;
        done = stepOf(error.details['refreshStep']) ?? done;
        await comeBack();
      }
    }
  }

  return {
    via: 'modem',
    get maxBlock() {
      return access.maxBlock;
    },
    keepBlock: (bytes) => access.keepBlock(bytes),
    openChannel: (aid) => access.openChannel(aid),
    refresh,
    freeChannels: async () => access.freeChannels?.(),
    async restart(goal) {
      await current.services.restart();
      await comeBack();
      return refresh(goal, 'restart');
    },
    async close() {
      closing.abort();
      await access.close();
    },
  };
}

function stepOf(detail: unknown): RefreshStep | undefined {
  return refreshSteps.find((step) => step === detail);
}
