import type { RadioReport, RadioSettings, RadioTechnology } from '#contract/desk/modem.ts';
import { LebError } from '#contract/errors.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Modem } from '#native/modem/modem.ts';
import type { RadioSettings as NativeSettings } from '#native/modem/services/radio-settings.ts';
import { instantNow, pause } from '../clock.ts';

type On = { readonly deviceId: string };

/** What the radio hears, and what it may use. */
export type RadioFunctions = {
  radio(input: On): Promise<RadioReport>;
  /** A report now and every few seconds, until `signal` aborts, the consumer stops or the device is forgotten. */
  watchRadio(input: On, signal: AbortSignal | undefined): AsyncIteratorObject<RadioReport, undefined, void>;
  radioSettings(input: On): Promise<RadioSettings>;
  setAirplaneMode(input: On & { readonly airplane: boolean }): Promise<RadioSettings>;
  setTechnologies(
    input: On & { readonly allowed: readonly RadioTechnology[]; readonly preferred: RadioTechnology | null },
  ): Promise<RadioSettings>;
  setBands(input: On & { readonly bands: readonly string[] | null }): Promise<RadioSettings>;
};

/** Often enough for a line that moves, and most of the time left for everything else. */
const reportInterval = 3_000;

export function createRadioFunctions(modemOf: (input: On) => Modem): RadioFunctions {
  const controlOf = (input: On) => modemOf(input).services.radioControl;

  async function* measure(first: Modem, input: On, signal: AbortSignal): AsyncGenerator<RadioReport, undefined, void> {
    let modem: Modem | 'away' | 'forgotten' = first;
    while (modem !== 'forgotten') {
      const report = modem === 'away' ? null : await readQuietly(modem);
      if (report !== null && !signal.aborted) yield report;
      if (!(await pause(reportInterval, signal))) return;
      modem = modemNow(modemOf, input);
    }
  }

  return {
    radio: (input) => readRadio(modemOf(input), 'user'),
    watchRadio(input, signal) {
      const stopped = new AbortController();
      // One that is not there now is refused at once; later it is waited for.
      const reports = measure(modemOf(input), input, signal === undefined ? stopped.signal : AbortSignal.any([stopped.signal, signal]));
      return {
        next: () => reports.next(),
        // A generator's own `return` would wait for the pause to end.
        return() {
          stopped.abort();
          return reports.return(undefined);
        },
        [Symbol.asyncIterator]() {
          return this;
        },
        async [Symbol.asyncDispose]() {
          stopped.abort();
          await reports.return(undefined);
        },
      };
    },
    radioSettings: async (input) => toSettings(await controlOf(input).read()),
    setAirplaneMode: async ({ deviceId, airplane }) => toSettings(await controlOf({ deviceId }).setAirplaneMode(airplane)),
    setTechnologies: async ({ deviceId, allowed, preferred }) =>
      toSettings(await controlOf({ deviceId }).setTechnologies({ allowed, preferred })),
    setBands: async ({ deviceId, bands }) => toSettings(await controlOf({ deviceId }).setBands(bands)),
  };
}

/** `away` also while a task has it. */
function modemNow(modemOf: (input: On) => Modem, input: On): Modem | 'away' | 'forgotten' {
  try {
    return modemOf(input);
  } catch (error) {
    if (error instanceof LebError && error.code === 'DEVICE_UNKNOWN') return 'forgotten';
    if (isDeviceError(error) || error instanceof LebError) return 'away';
    throw error;
  }
}

/** Null where nothing could be read now: the port is in other hands, or on its way out. */
async function readQuietly(modem: Modem): Promise<RadioReport | null> {
  try {
    return await readRadio(modem, 'poll');
  } catch (error) {
    if (isDeviceError(error)) return null;
    throw error;
  }
}

async function readRadio(modem: Modem, priority: 'user' | 'poll'): Promise<RadioReport> {
  const { registration, signal, sinr, quality, cells } = await modem.services.radio(priority);
  return {
    registration: { ...registration },
    signal: { ...signal },
    sinr,
    quality,
    cells: cells.map((cell) => ({ ...cell, serving: cell.role === 'serving' })),
    readAt: instantNow(),
  };
}

function toSettings({ power, fccLocked, technologies, bands }: NativeSettings): RadioSettings {
  return {
    power,
    fccLocked,
    technologies:
      technologies === null
        ? null
        : {
            ...technologies,
            choices: technologies.choices.map((choice) => [...choice]),
            allowed: [...technologies.allowed],
          },
    bands: bands === null ? null : { supported: [...bands.supported], enabled: [...bands.enabled] },
  };
}
