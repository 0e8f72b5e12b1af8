import type { CancelReason } from '../euicc.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, readAnswer, refusal, requireChild } from './es10-function.ts';

const name = 'CancelSession';

const reasonNumbers: Readonly<Record<CancelReason, number>> = {
  endUserRejection: 0,
  postponed: 1,
  timeout: 2,
  pprNotAllowed: 3,
  metadataMismatch: 4,
  loadBppExecutionError: 5,
  undefinedReason: 127,
};

export type CancelArguments = { readonly transactionId: Uint8Array; readonly reason: CancelReason };

/** ES10b.CancelSession (SGP.22 v2.5 §5.7.14): the card signs that the download is off. The answer is for the server, as it is. */
export const cancelSession: Es10Function<CancelArguments, Uint8Array> = {
  name,
  encode: ({ transactionId, reason }) =>
    encodeTlv(0xbf41, encodeTlv(0x80, transactionId), encodeTlv(0x81, Uint8Array.of(reasonNumbers[reason]))),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf41, name);
    const error = findChild(answer, 0x81);
    if (error !== undefined) throw refusal(name, decodeInteger(error.value));
    requireChild(answer, 0xa0, name);
    return answer.raw;
  },
};
