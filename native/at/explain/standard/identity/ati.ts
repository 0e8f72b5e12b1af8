import type { LineDecoder } from '../../explanation.ts';
import { freeText } from './free-text.ts';

/** `Manufacturer: …`, `Model: …` of the answer to ATI: lines with names of their own (ITU-T V.250 §6.1.3). */
function labelled(label: string, field: string): LineDecoder {
  return freeText('ident', field, [label], 'ITU-T V.250 §6.1.3');
}

export const ati: readonly LineDecoder[] = [
  labelled('MANUFACTURER', 'manufacturer'),
  labelled('MODEL', 'model'),
  labelled('REVISION', 'firmware'),
];
