import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { fieldsOf, wholeNumber } from '../line-fields.ts';

/** dBm and dB; null where the value is unknown (99 or 255) or belongs to another access technology. */
export type ExtendedSignalQuality = {
  readonly rssi: number | null; // GSM
  readonly rscp: number | null; // UTRA
  readonly rsrp: number | null; // E-UTRA, else NR
  readonly rsrq: number | null;
};

export const extendedSignalQualityCommand: AtCommand<void, ExtendedSignalQuality> = {
  name: '+CESQ',
  specification: '3GPP TS 27.007 §8.69',
  encode: () => 'AT+CESQ',
  decode(lines) {
    const fields = fieldsOf(lines, '+CESQ');
    if (fields === null || fields.length < 6) throw answerError('+CESQ', lines);
    const [rxlev, , rscp, , rsrq, rsrp, nrRsrq, nrRsrp] = fields.map((field) => wholeNumber(field));
    // Each value is the lower end of a step: rxlev −111 + n dBm, rscp −121 + n dBm, RSRP −141 + n dBm, RSRQ −20 + n/2 dB,
    // SS-RSRP −157 + n dBm, SS-RSRQ −43.5 + n/2 dB.
    const lteRsrp = scaled(rsrp, 97, (value) => value - 141);
    const lteRsrq = scaled(rsrq, 34, (value) => value / 2 - 20);
    return {
      rssi: scaled(rxlev, 63, (value) => value - 111),
      rscp: scaled(rscp, 96, (value) => value - 121),
      rsrp: lteRsrp ?? scaled(nrRsrp, 126, (value) => value - 157),
      rsrq: lteRsrq ?? scaled(nrRsrq, 126, (value) => value / 2 - 43.5),
    };
  },
};

function scaled(value: number | null | undefined, largest: number, scale: (value: number) => number): number | null {
  return value === null || value === undefined || value > largest ? null : scale(value);
}
