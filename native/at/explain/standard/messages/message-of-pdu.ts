import { isDeviceError } from '#native/errors.ts';
import { otherParty } from '#native/sms/sms-message.ts';
import { decodePdu } from '#native/sms/sms-pdu.ts';
import type { ExplainedFields } from '../../explanation.ts';

/** What the PDU of a message holds; null where it is none. */
export function messageOfPdu(hex: string): ExplainedFields | null {
  try {
    const { smsc, message } = decodePdu(hex);
    const { userData } = message;
    const concatenation = userData?.header?.concatenation ?? null;
    return {
      type: message.type,
      smsc: smsc?.number ?? null,
      number: otherParty(message)?.number ?? null,
      timestamp: 'timestamp' in message ? message.timestamp : null,
      text: userData?.text ?? null,
      reference: concatenation?.reference ?? ('messageReference' in message ? message.messageReference : null),
      part: concatenation?.part ?? null,
      parts: concatenation?.parts ?? null,
    };
  } catch (error) {
    if (isDeviceError(error)) return null;
    throw error;
  }
}
