import { bandName } from './band-names.ts';

/** Bands by the beginning of the firmware's name, which has the variant in it where the model's name has not; from Quectel's product specifications. */
const models: readonly (readonly [firmware: string, gsm: string, umts: string, lte: string])[] = [
  ['EG25G', 'g850 egsm dcs pcs', '1 2 4 5 6 8 19', '1 2 3 4 5 7 8 12 13 18 19 20 25 26 28 38 39 40 41'],
  ['EC25EU', 'egsm dcs', '1 8', '1 3 7 8 20 28 38 40 41'],
  ['EC25E', 'egsm dcs', '1 5 8', '1 3 5 7 8 20 38 40 41'],
  ['EC25AU', 'g850 egsm dcs pcs', '1 2 5 8', '1 2 3 4 5 7 8 28 40'],
  ['EC25AF', '', '2 4 5', '2 4 5 12 13 14 66 71'],
  ['EC25A', '', '2 4 5', '2 4 12'],
  ['EC21E', 'egsm dcs', '1 5 8', '1 3 5 7 8 20'],
];

/** None where the model is not known. */
export function quectelBandsOf(revision: string): readonly string[] {
  const found = models.find(([firmware]) => revision.startsWith(firmware));
  if (found === undefined) return [];
  const [, gsm, umts, lte] = found;
  return [
    ...words(gsm).flatMap((band) => bandName(band) ?? []),
    ...words(umts).map((number) => `U${number}`),
    ...words(lte).map((number) => `B${number}`),
  ];
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
