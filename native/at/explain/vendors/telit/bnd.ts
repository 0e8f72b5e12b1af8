import { splitFields } from '../../../line-fields.ts';
import { bandsOfMask, decimalMask, hexMask } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';
import { gsmSets, utraSets } from './band-sets.ts';

type Places = { readonly gsm: readonly number[]; readonly utra: readonly number[]; readonly masks: readonly string[] };

/**
 * LTE bands are a mask, in decimal or, where one of the digits is a letter, in hexadecimal. Behind it stands a mask for the bands from 65 on, after one
 * for TD-SCDMA on models that have it.
 */
function bands({ gsm, utra, masks }: Places): ExplainedFields {
  const toMask = masks.some((text) => /[A-F]/i.test(text)) ? hexMask : decimalMask;
  const [lower, ...others] = masks.map((text) => toMask(text) ?? 0n);
  const lists = {
    gsm: [...new Set(gsm.flatMap((number) => gsmSets[number] ?? []))],
    utran: [...new Set(utra.flatMap((number) => utraSets[number] ?? []))].map((band) => `utran-${band}`),
    eutran: [...bandsOfMask(lower ?? 0n, 'eutran'), ...bandsOfMask(others.at(-1) ?? 0n, 'eutran', 65)],
  };
  return { ...lists, bands: Object.values(lists).flat() };
}

export const bnd: readonly LineDecoder[] = [
  {
    kind: 'bnd-test',
    names: ['#BND'],
    specification: 'Telit AT commands reference guide, #BND',
    form: 'test',
    decode(rest) {
      const [gsm, utra, ...masks] = splitGroups(rest);
      // The highest value of the range is the mask of everything that the model has.
      const highest = masks.map((group) => group.split(/[-,]/).at(-1)?.trim() ?? '');
      return gsm === undefined ? null : bands({ gsm: numbersOf(gsm), utra: numbersOf(utra), masks: highest });
    },
  },
  {
    kind: 'bnd',
    names: ['#BND'],
    specification: 'Telit AT commands reference guide, #BND',
    decode(rest) {
      const [gsm = '', utra = '', ...masks] = splitFields(rest);
      const number = whole(gsm);
      return number === null ? null : bands({ gsm: [number], utra: utra === '' ? [] : [whole(utra) ?? -1], masks });
    },
  },
];
