import { decodeInteger } from '#native/euicc/tlv/integer.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { verify } from '../pki/elliptic-key.ts';
import { decodeObjectIdentifier } from '../pki/object-identifier.ts';
import { transactionKey } from './authentication.ts';
import { asRequest, equalBytes, requireChild, requireObject, type JsonFields } from './message-fields.ts';
import type { SmdpContext } from './smdp-session.ts';
import { StatusError } from './status-error.ts';

const endUserRejection = 0;

/**
 * ES9+.CancelSession (SGP.22 v2.5 §5.6.5): the chip says, signed, that it is over and why. The order stays, unless the person refused it
 * and the order ends with that.
 * @throws StatusError
 */
export function cancelSession({ sessions, store, smdpOid }: SmdpContext, request: JsonFields): JsonFields {
  const key = transactionKey(request);
  const session = sessions.require(key);
  if (session.step === 'initiated') throw new StatusError('8.10.1/3.9', 'This session has no eUICC yet.');
  const response = requireObject(request, 'cancelSessionResponse', 0xbf41);
  const reason = asRequest('cancelSessionResponse', () => {
    if (findChild(response, 0x81) !== undefined) throw new StatusError('1.6/2.1', 'The eUICC has no such session.');
    const [signed, signature] = childrenOf(requireChild(response, 0xa0));
    if (signed?.tag !== 0x30 || signature?.tag !== 0x5f37) throw new StatusError('1.6/2.1', 'The eUICC answered something else.');
    if (decodeObjectIdentifier(requireChild(signed, 0x81).value) !== smdpOid) throw new StatusError('8.8/3.10', 'This is another server.');
    const isRight =
      equalBytes(requireChild(signed, 0x80).value, session.challenge.transactionId) &&
      verify(session.euicc.publicKey, signed.raw, signature.value);
    if (!isRight) throw new StatusError('8.1/6.1', 'The signature of the eUICC is wrong.');
    return decodeInteger(requireChild(signed, 0x82).value);
  });
  sessions.close(key);
  const placed = store.find(session.matchingId);
  if (reason === endUserRejection && placed?.order.endsOnRejection === true) store.advance(session.matchingId, { state: 'error' });
  return {};
}
