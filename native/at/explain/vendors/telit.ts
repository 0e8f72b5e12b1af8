import { splitFields } from '../../line-fields.ts';
import { bandOfChannel, bandsOfMask, decimalMask, hexMask } from '../bands.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups } from '../groups.ts';
import { choice, hexDigits, whole } from '../readers.ts';

const manual = 'Telit AT commands reference guide';

/** `<band>`: sets of GSM bands by number. */
export const gsmSets: readonly (readonly string[])[] = [
  ['egsm', 'dcs'],
  ['egsm', 'pcs'],
  ['dcs', 'g850'],
  ['pcs', 'g850'],
  ['egsm', 'dcs', 'pcs'],
  ['egsm', 'dcs', 'pcs', 'g850'],
];

/** `<UMTS_band>`: sets of UTRA bands by number. A few old models count otherwise from 11 on. */
export const utraSets: readonly (readonly number[])[] = [
  [1],
  [2],
  [5],
  [1, 2, 5],
  [2, 5],
  [8],
  [1, 8],
  [4],
  [1, 5],
  [1, 5, 8],
  [2, 4, 5],
  [1, 2, 5, 8],
  [6],
  [3],
  [1, 2, 4, 5, 6],
  [1, 3, 8],
  [5, 8],
  [2, 4, 5, 6],
  [1, 2, 5, 6],
  [2, 6],
  [5, 6],
  [2, 5, 6],
  [1, 3, 5, 8],
  [1, 3],
  [1, 2, 4, 5],
  [19],
  [1, 5, 6, 8, 19],
];

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

/**
 * LTE: `"<mcc> <mnc>",<earfcn>,<rsrp>,<rssi>,<rsrq>,<tac>,…,<cell>,"<imsi>",…`. What stands between the area and the cell differs from model to model;
 * in UMTS and GSM the third and the fourth place are no levels.
 */
function networkStatus(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [plmn = '', channel = '', rsrp = '', rssi = '', rsrq = '', tac = ''] = fields;
  const isLte = [rsrp, rssi].every((level) => /^-\d{2,3}$/.test(level)) && /^-?\d{1,2}(?:\.\d)?$/.test(rsrq);
  const earfcn = whole(channel);
  if (!isLte || earfcn === null) return null;
  const [mcc = '', mnc = ''] = plmn.split(' ');
  const imsi = fields.findIndex((field, index) => index > 6 && /^\d{15}$/.test(field));
  return {
    rat: 'LTE',
    mcc: mcc === '' ? null : mcc,
    mnc: mnc === '' ? null : mnc,
    earfcn,
    band: bandOfChannel('LTE', earfcn),
    rsrp: Number(rsrp),
    rssi: Number(rssi),
    rsrq: Number(rsrq),
    tac: hexDigits(tac),
    cellId: imsi < 0 ? null : hexDigits(fields[imsi - 1] ?? ''),
  };
}

export const telitDecoders: readonly LineDecoder[] = [
  {
    kind: 'bnd-test',
    names: ['#BND'],
    specification: manual,
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
    specification: manual,
    decode(rest) {
      const [gsm = '', utra = '', ...masks] = splitFields(rest);
      const number = whole(gsm);
      return number === null ? null : bands({ gsm: [number], utra: utra === '' ? [] : [whole(utra) ?? -1], masks });
    },
  },
  {
    kind: 'rfsts',
    names: ['#RFSTS'],
    specification: manual,
    decode: networkStatus,
  },
  {
    kind: 'qss',
    names: ['#QSS'],
    specification: manual,
    decode(rest) {
      const fields = splitFields(rest);
      const status = choice(['sim-removed', 'sim-inserted', 'sim-inserted-and-unlocked', 'sim-inserted-and-ready'])(fields.at(-1) ?? '');
      return status === null ? null : { status };
    },
  },
  {
    kind: 'swpkgv',
    names: ['#SWPKGV'],
    specification: manual,
    decode: (rest) => (rest === '' ? null : { version: rest }),
    decodeBare: (line) => (/^\d{2}\.\d{2}\.\d{3}/.test(line) ? { version: line } : null),
  },
];
