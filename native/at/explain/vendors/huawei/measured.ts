import { signed } from '../../readers.ts';

/** Values that stand for "not measured" in TD-Tech's reports. */
const notMeasured = { rsrp: -157, rsrq: -44, sinr: -24 };

export function measured(kind: keyof typeof notMeasured): (text: string) => number | null {
  return (text) => (signed(text) === notMeasured[kind] ? null : signed(text));
}
