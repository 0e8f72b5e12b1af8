import { bytesToHex } from '../../euicc/tlv/hex.ts';
import { type RspFunction, checkStatus, requireTlv, requireTransactionId, toBase64 } from './rsp-function.ts';

const name = 'getBoundProfilePackage';

export type GetBoundProfilePackageArguments = { readonly transactionId: Uint8Array; readonly response: Uint8Array };
export type BoundProfilePackageAnswer = { readonly transactionId: Uint8Array; readonly boundProfilePackage: Uint8Array };

/** ES9+ GetBoundProfilePackage (SGP.22 v2.5 §5.6.2). The server binds the package to this card while we wait. */
export const getBoundProfilePackage: RspFunction<GetBoundProfilePackageArguments, BoundProfilePackageAnswer> = {
  name,
  deadlineMs: 120_000,
  repeatable: false,
  encode: ({ transactionId, response }) => ({
    transactionId: bytesToHex(transactionId),
    prepareDownloadResponse: toBase64(response),
  }),
  decode: (body) => {
    checkStatus(body, name);
    return {
      transactionId: requireTransactionId(body, name),
      boundProfilePackage: requireTlv(body, 'boundProfilePackage', 0xbf36, name),
    };
  },
};
