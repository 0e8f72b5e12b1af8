import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { namedFields, whole, word } from '../../readers.ts';

export const qcainfo: readonly LineDecoder[] = [
  {
    kind: 'qcainfo',
    names: ['+QCAINFO'],
    specification: 'Quectel AT commands manuals, +QCAINFO',
    decode(rest) {
      const fields = splitFields(rest);
      const carrier = namedFields(
        fields,
        [
          ['role', word],
          ['channel', whole],
          ['bandwidth', whole],
          ['band', word],
        ],
        2,
      );
      if (carrier === null) return null;
      const isSecondary = /^SCC/i.test(fields[0] ?? '');
      // Firmware for 5G leaves out the state, and puts the cell in its place.
      const [first = '', second = ''] = fields.slice(4);
      const pci = whole(second) === null || fields.length < 6 ? whole(first) : whole(second);
      return { carriers: [{ ...carrier, state: isSecondary || pci !== whole(first) ? whole(first) : null, pci }] };
    },
  },
];
