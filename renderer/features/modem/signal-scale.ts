import { gapMs, type Measure, type RadioSample } from './radio-history.ts';

export type Grade = 'good' | 'fair' | 'poor';

type Scale = {
  readonly unit: 'dBm' | 'dB';
  readonly top: number;
  readonly bottom: number;
  /** Lower bounds; what is below the second is poor. */
  readonly good: number;
  readonly fair: number;
};

/** As operators grade reception; RSRP and RSSI have the limits of the quality that the application reports. */
export const scales: Readonly<Record<Measure, Scale>> = {
  rsrp: { unit: 'dBm', top: -70, bottom: -120, good: -95, fair: -105 },
  rsrq: { unit: 'dB', top: -3, bottom: -20, good: -10, fair: -15 },
  sinr: { unit: 'dB', top: 30, bottom: -10, good: 13, fair: 0 },
  rssi: { unit: 'dBm', top: -50, bottom: -110, good: -75, fair: -90 },
};

export function gradeOf(measure: Measure, value: number): Grade {
  const { good, fair } = scales[measure];
  return value >= good ? 'good' : value >= fair ? 'fair' : 'poor';
}

/** Where a value lies, in percent from the top; what is beyond the scale lies on its edge. */
export function heightOf(measure: Measure, value: number): number {
  const { top, bottom } = scales[measure];
  return Math.min(100, Math.max(0, ((top - value) / (top - bottom)) * 100));
}

const minuteMs = 60_000;
const spans = [2 * minuteMs, 5 * minuteMs, 10 * minuteMs] as const;

/** The time that a chart shows: as much as there is, in round minutes, up to the last sample. */
export function spanOf(samples: readonly RadioSample[]): { readonly from: number; readonly to: number; readonly minutes: number } | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return null;
  const length = spans.find((span) => last.at - first.at <= span) ?? spans[2];
  return { from: last.at - length, to: last.at, minutes: length / minuteMs };
}

export type Point = { readonly at: number; readonly value: number };

/** The curve in pieces: where nothing was measured for a while there is no line. */
export function piecesOf(samples: readonly RadioSample[], measure: Measure): readonly (readonly Point[])[] {
  const pieces: Point[][] = [];
  let last: number | null = null;
  for (const sample of samples) {
    const value = sample[measure];
    if (value === null) {
      last = null;
      continue;
    }
    const present = pieces.at(-1);
    const point = { at: sample.at, value };
    if (present === undefined || last === null || sample.at - last > gapMs) pieces.push([point]);
    else present.push(point);
    last = sample.at;
  }
  return pieces;
}

/** When the modem went to another cell, and to which. */
export function movesOf(samples: readonly RadioSample[]): readonly { readonly at: number; readonly cell: string }[] {
  const named = samples.flatMap(({ at, cell }) => (cell === null ? [] : [{ at, cell }]));
  return named.filter(({ cell }, index) => index > 0 && named[index - 1]?.cell !== cell);
}
