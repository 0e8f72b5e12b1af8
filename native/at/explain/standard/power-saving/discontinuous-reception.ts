import type { ExplainedFields } from '../../explanation.ts';
import { choice, readFields, word } from '../../readers.ts';

/** `<AcT-type>` of +CEDRXS, which counts otherwise than everybody else's. */
const receptionTechnologies = ['none', 'ec-gsm-iot', 'gsm', 'umts', 'lte', 'nb-iot', 'nr'];

export function discontinuousReception(rest: string): ExplainedFields | null {
  return readFields(rest, [
    ['technology', choice(receptionTechnologies)],
    ['requestedValue', word],
    ['nwProvidedValue', word],
    ['pagingTimeWindow', word],
  ]);
}
