import { DeviceError } from '../../errors.ts';
import type { AuthenticateServerRequest, AuthenticateServerResponse, TerminalIdentity } from '../euicc.ts';
import { encodeSwappedDigits } from '../tlv/digits.ts';
import { concatBytes } from '../tlv/hex.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { encodeText } from '../tlv/text.ts';
import { type Tlv, findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, readAnswer, requireChild } from './es10-function.ts';
import { getEuiccInfo2 } from './get-euicc-info2.ts';

const name = 'AuthenticateServer';

/** ES10b.AuthenticateServer (SGP.22 v2.5 §5.7.13): the card checks the server, and answers with what the server checks. */
export const authenticateServer: Es10Function<AuthenticateServerRequest, AuthenticateServerResponse> = {
  name,
  encode: ({ serverSigned1, serverSignature1, euiccCiPkIdToBeUsed, serverCertificate, matchingId, terminal }) =>
    encodeTlv(
      0xbf38,
      serverSigned1,
      serverSignature1,
      euiccCiPkIdToBeUsed,
      serverCertificate,
      // An empty matchingId rather than none: servers look for an order by EID then (SGP.22 v2.5 §5.7.13, ctxParams1).
      encodeTlv(0xa0, encodeTlv(0x80, encodeText(matchingId)), encodeTlv(0xa1, ...encodeTerminal(terminal))),
    ),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf38, name);
    return { bytes: answer.raw, info2: readInfo2(requireAccepted(answer, name)) };
  },
};

/**
 * The `A0` of an answer that is `A0 ok | A1 { 80 transactionId, 02 errorCode }`.
 * @throws DeviceError CARD_REFUSED_SERVER with `command` and `result`; CARD_ANSWER
 */
export function requireAccepted(answer: Tlv, command: string): Tlv {
  const refused = findChild(answer, 0xa1);
  if (refused === undefined) return requireChild(answer, 0xa0, command);
  throw new DeviceError('CARD_REFUSED_SERVER', { command, result: decodeInteger(requireChild(refused, 0x02, command).value) });
}

/** DeviceInfo: TAC, capabilities (none are claimed: a desk has no radio of its own) and IMEI (SGP.22 v2.5 §4.2). */
function encodeTerminal(terminal: TerminalIdentity): readonly Uint8Array[] {
  const capabilities = encodeTlv(0xa1);
  if ('tac' in terminal) return [encodeTlv(0x80, encodeTac(terminal.tac)), capabilities];
  const { imei } = terminal;
  if (!/^\d{15}$/.test(imei)) throw new RangeError('an IMEI has 15 digits');
  return [encodeTlv(0x80, encodeTac(imei.slice(0, 8))), capabilities, encodeTlv(0x82, encodeImei(imei))];
}

function encodeTac(tac: string): Uint8Array {
  if (!/^\d{8}$/.test(tac)) throw new RangeError('a TAC has 8 digits');
  return encodeSwappedDigits(tac, 4);
}

/** Swapped digits, but the last octet has the check digit high and the filler low (SGP.22 v2.5 §4.2: "F" in bits 1 to 4). */
function encodeImei(imei: string): Uint8Array {
  return concatBytes(encodeSwappedDigits(imei.slice(0, 14), 7), Uint8Array.of((Number(imei[14]) << 4) | 0x0f));
}

/** `30 { … BF22 euiccInfo2 … }`: the memory and the rules that are needed now came along, so that nobody has to ask again. */
function readInfo2(accepted: Tlv): AuthenticateServerResponse['info2'] {
  try {
    const signed = requireChild(accepted, 0x30, name);
    return getEuiccInfo2.decode(requireChild(signed, 0xbf22, name).raw);
  } catch {
    return null;
  }
}
