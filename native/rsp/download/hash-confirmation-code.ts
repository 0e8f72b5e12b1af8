import { createHash } from 'node:crypto';
import { concatBytes } from '../../euicc/tlv/hex.ts';
import { encodeText } from '../../euicc/tlv/text.ts';

/** SHA-256 of the code's own hash and the transaction (SGP.22 v2.5 §5.7.5, hashCc): the code itself never leaves the machine. */
export function hashConfirmationCode(code: string, transactionId: Uint8Array): Uint8Array {
  return sha256(concatBytes(sha256(encodeText(code)), transactionId));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
