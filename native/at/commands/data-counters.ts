import { answerError } from '../answer-error.ts';
import { explainLine } from '../explain/explain-line.ts';

/** Bytes; `cid` null: of all contexts together. */
export type DataCounters = { readonly cid: number | null; readonly sent: number; readonly received: number };
export type CountersWay = {
  readonly line: string;
  readonly specification: string;
  decode(lines: readonly string[]): readonly DataCounters[];
};

export const quectelCounters: CountersWay = {
  line: 'AT+QGDCNT?',
  specification: 'Quectel AT commands manuals, AT+QGDCNT',
  decode(lines) {
    const found = lines.flatMap((line) => {
      const { sent, received } = explainLine(line, { command: 'AT+QGDCNT?' })?.value ?? {};
      return typeof sent === 'number' && typeof received === 'number' ? [{ cid: null, sent, received }] : [];
    });
    if (found.length === 0) throw answerError('+QGDCNT', lines);
    return found;
  },
};

/** Those of the present session. */
export const ubloxCounters: CountersWay = {
  line: 'AT+UGCNTRD',
  specification: 'u-blox cellular modules AT commands manual, +UGCNTRD',
  decode(lines) {
    const found = lines.flatMap((line) => {
      const { cid, sessionTxBytes, sessionRxBytes } = explainLine(line, { command: 'AT+UGCNTRD' })?.value ?? {};
      return typeof cid === 'number' && typeof sessionTxBytes === 'number' && typeof sessionRxBytes === 'number'
        ? [{ cid, sent: sessionTxBytes, received: sessionRxBytes }]
        : [];
    });
    if (found.length === 0) throw answerError('+UGCNTRD', lines);
    return found;
  },
};
