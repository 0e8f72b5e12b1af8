import { bytesToHex } from '../../euicc/tlv/hex.ts';
import { type RspFunction, checkStatus, toBase64 } from './rsp-function.ts';

const name = 'cancelSession';

export type CancelSessionArguments = { readonly transactionId: Uint8Array; readonly response: Uint8Array };

/** ES9+ CancelSession (SGP.22 v2.5 §5.6.5). A courtesy to the server: nobody waits long for it. */
export const cancelSession: RspFunction<CancelSessionArguments, void> = {
  name,
  deadlineMs: 10_000,
  repeatable: true,
  encode: ({ transactionId, response }) => ({ transactionId: bytesToHex(transactionId), cancelSessionResponse: toBase64(response) }),
  decode: (body) => checkStatus(body, name),
};
