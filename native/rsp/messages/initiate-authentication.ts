import type { ServerAuthentication } from '../../euicc/euicc.ts';
import { type RspFunction, checkStatus, requireTlv, requireTransactionId, toBase64, usualDeadlineMs } from './rsp-function.ts';

const name = 'initiateAuthentication';

export type InitiateAuthenticationArguments = {
  readonly smdpAddress: string; // the SM-DS's own where it is one
  readonly challenge: Uint8Array;
  readonly info1: Uint8Array;
};
export type InitiatedAuthentication = ServerAuthentication & { readonly transactionId: Uint8Array };

/** ES9+ and ES11 InitiateAuthentication (SGP.22 v2.5 §5.6.1, §5.8.1, §6.5.2.6). */
export const initiateAuthentication: RspFunction<InitiateAuthenticationArguments, InitiatedAuthentication> = {
  name,
  deadlineMs: usualDeadlineMs,
  repeatable: true,
  encode: ({ smdpAddress, challenge, info1 }) => ({
    smdpAddress,
    euiccChallenge: toBase64(challenge),
    euiccInfo1: toBase64(info1),
  }),
  decode: (body) => {
    checkStatus(body, name);
    return {
      transactionId: requireTransactionId(body, name),
      serverSigned1: requireTlv(body, 'serverSigned1', 0x30, name),
      serverSignature1: requireTlv(body, 'serverSignature1', 0x5f37, name),
      euiccCiPkIdToBeUsed: requireTlv(body, 'euiccCiPKIdToBeUsed', 0x04, name),
      serverCertificate: requireTlv(body, 'serverCertificate', 0x30, name),
    };
  },
};
