import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { scaled, whole } from '../../readers.ts';

export const csq: readonly LineDecoder[] = [
  {
    kind: 'csq',
    names: ['+CSQ'],
    specification: '3GPP TS 27.007 §8.5',
    decode(rest) {
      // One maker writes nothing at all while there is no network.
      const [rssi = '', ber = ''] = splitFields(rest);
      const index = whole(rssi);
      if (rest !== '' && index === null) return null;
      const known = scaled(0, 31, (level) => level)(rssi);
      return { rssi: known, rssiDbm: scaled(0, 31, (level) => 2 * level - 113)(rssi), ber: scaled(0, 7, (level) => level)(ber) };
    },
  },
];
