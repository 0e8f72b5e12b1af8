import { isDeviceError } from '#native/errors.ts';
import { decodeBroadcastPage, type GeographicalScope } from '#native/sms/cell-broadcast.ts';
import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

const scopeNames: Readonly<Record<GeographicalScope, string>> = {
  cellImmediate: 'cell-immediate',
  plmn: 'plmn',
  locationArea: 'location-area',
  cell: 'cell',
};

/** Null where it is no page. */
function explainPage(hex: string): ExplainedFields | null {
  try {
    const { geographicalScope, messageCode, updateNumber, messageIdentifier, page, pages, language, text } = decodeBroadcastPage(hex);
    return {
      geoScope: scopeNames[geographicalScope],
      // The two upper bits of the message code, in warnings (3GPP TS 23.041 §9.4.1.2.1).
      alert: (messageCode & 0x200) !== 0,
      popup: (messageCode & 0x100) !== 0,
      messageCode: messageCode & 0xff,
      update: updateNumber,
      channel: messageIdentifier,
      partNum: page,
      numParts: pages,
      language,
      text,
    };
  } catch (error) {
    if (isDeviceError(error)) return null;
    throw error;
  }
}

export const cbm: readonly LineDecoder[] = [
  {
    kind: 'cbm-urc',
    names: ['+CBM'],
    specification: '3GPP TS 27.005 §3.4.1; TS 23.041 §9.4.1.2',
    decode(rest) {
      const fields = splitFields(rest);
      const [first = '', channel = ''] = fields;
      if (fields.length === 1) return whole(first) === null ? null : { length: whole(first), pdu: null };
      // In text mode the head is in the line, and the text in the next.
      return whole(channel) === null ? null : { serialNumber: whole(first), channel: whole(channel), pdu: null, text: null };
    },
    body(value, line) {
      if ('length' in value) {
        const page = value['pdu'] === null ? explainPage(line) : null;
        return page === null ? null : { ...value, pdu: line.toUpperCase(), ...page };
      }
      return value['text'] === null ? { ...value, text: line } : null;
    },
  },
];
