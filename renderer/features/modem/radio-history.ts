import type { RadioReport } from '#contract/desk/modem.ts';

export const measures = ['rsrp', 'rsrq', 'sinr', 'rssi'] as const;
export type Measure = (typeof measures)[number];

/** What a modem heard at one time: dBm, and dB for RSRQ and SINR. */
export type RadioSample = Readonly<Record<Measure, number | null>> & {
  /** Unix milliseconds. */
  readonly at: number;
  /** The serving cell, so that a change of it can be told; null where the modem does not name it. */
  readonly cell: string | null;
};

/** So long a sample is kept. */
export const keptMs = 10 * 60_000;
/** Between two samples that lie further apart nothing is known. */
export const gapMs = 20_000;

export function sampleOf({ signal, sinr, cells, readAt }: RadioReport): RadioSample {
  const serving = cells.find((cell) => cell.serving);
  const cell = serving?.pci ?? serving?.cellId ?? null;
  return {
    at: Date.parse(readAt),
    rsrp: signal.rsrp,
    rsrq: signal.rsrq,
    sinr,
    rssi: signal.rssi,
    cell: cell === null ? null : String(cell),
  };
}

/** The samples with a newer one. The same moment is not counted twice, and what is too old is let go. */
export function withSample(samples: readonly RadioSample[], sample: RadioSample): readonly RadioSample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at <= last.at) return samples;
  return [...samples.filter(({ at }) => at >= sample.at - keptMs), sample];
}
