import type { ExplainedFields } from '../../explanation.ts';

/** Seconds a unit of a GPRS timer, by the three bits in front of its five (3GPP TS 24.008); null: the timer is off. */
type TimerUnits = readonly (number | null)[];

/** T3324, GPRS timer 2: 3GPP TS 24.008 §10.5.7.4. */
export const activeTime: TimerUnits = [2, 60, 360, 60, 60, 60, 60, null];
/** T3412 extended, GPRS timer 3: 3GPP TS 24.008 §10.5.7.4a. */
export const extendedPeriodicUpdate: TimerUnits = [600, 3_600, 36_000, 2, 30, 60, 1_152_000, null];
/** T3412, GPRS timer: 3GPP TS 24.008 §10.5.7.3. */
export const periodicUpdate: TimerUnits = [2, 60, 360, 60, 60, 60, 60, null];

/** A timer as the modem writes it, eight binary digits, and what it lasts; null where it is absent. */
export function timerOf(bitmask: string, units: TimerUnits): ExplainedFields | null {
  if (!/^[01]{8}$/.test(bitmask)) return null;
  const unit = units[Number.parseInt(bitmask.slice(0, 3), 2)] ?? null;
  return {
    bitmask,
    activated: unit !== null,
    seconds: unit === null ? null : unit * Number.parseInt(bitmask.slice(3), 2),
  };
}
