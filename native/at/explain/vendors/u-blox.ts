import { splitFields } from '../../line-fields.ts';
import { addressText } from '../addresses.ts';
import { gsmBands, numberedBand } from '../bands.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups } from '../groups.ts';
import { choice, decimal, hexDigits, namedFields, readFields, scaled, whole, word } from '../readers.ts';
import { eutraRsrp, eutraRsrq } from '../standard/signal.ts';
import { modeCombinations, type ModeTable } from './mode-combinations.ts';

const manual = 'u-blox cellular modules AT commands manual';

/** `<SelectedAcT>` and `<PreferredAct>` of `+URAT`. */
export const accessModes: ModeTable = {
  allowed: [['2g'], ['2g', '3g'], ['3g'], ['4g'], ['2g', '3g', '4g'], ['2g', '4g'], ['3g', '4g']],
  preferred: ['2g', null, '3g', '4g'],
};

/** UTRA bands by the frequency that `+UBANDSEL` calls them by. */
const utraFrequencies: ReadonlyMap<number, string> = new Map([
  [800, 'utran-6'],
  [850, 'utran-5'],
  [900, 'utran-8'],
  [1700, 'utran-4'],
  [1900, 'utran-2'],
  [2100, 'utran-1'],
]);

/** Frequencies that only UTRA has show that the modem has it; without any the list is of GSM. */
function selectedBands(rest: string): ExplainedFields | null {
  const frequencies = splitFields(rest).flatMap((field) => whole(field) ?? []);
  if (frequencies.length === 0) return null;
  const hasUtra = frequencies.some((frequency) => [800, 1700, 2100].includes(frequency));
  const bands = frequencies.flatMap((frequency) =>
    [gsmBands.get(frequency) ?? [], hasUtra ? (utraFrequencies.get(frequency) ?? []) : []].flat(),
  );
  return { frequencies, bands };
}

/** The first three places are the technologies; bands of each technology follow in groups of their own. */
function bandGroups(rest: string): ExplainedFields | null {
  const bands = splitGroups(rest)
    .slice(3)
    .flatMap(numbersOf)
    .flatMap((number) => numberedBand(number) ?? []);
  if (bands.length === 0) return null;
  return {
    '2g': bands.filter((band) => !band.includes('-')),
    '3g': bands.filter((band) => band.startsWith('utran')),
    '4g': bands.filter((band) => band.startsWith('eutran')),
  };
}

/** The network on a line of four fields; the cell of LTE on one of more than twenty, with bandwidths in resource blocks. */
function servingCell(line: string): ExplainedFields | null {
  const fields = splitFields(line);
  const [technology = '', , mcc = '', mnc = ''] = fields;
  if (fields.length === 4 && technology === '6') return { rat: 'LTE', mcc: digits(mcc), mnc: digits(mnc) };
  if (fields.length < 20) return null;
  const [, , , blocks = '', , , , , , , rsrp = '', rsrq = '', sinr = ''] = fields;
  const place = namedFields(fields, [
    ['earfcn', scaled(0, 65_534, (channel) => channel)],
    ['band', scaled(1, 254, (band) => band)],
    ['ulBlocks', whole],
    ['dlBlocks', whole],
    ['tac', hexDigits],
    ['cellId', hexDigits],
    ['pci', scaled(0, 503, (pci) => pci)],
  ]);
  const bandwidth = whole(blocks);
  return place === null
    ? null
    : {
        ...place,
        dlBandwidthMHz: bandwidth === null || bandwidth > 100 ? null : bandwidth === 6 ? 1.4 : bandwidth / 5,
        rsrp: eutraRsrp(rsrp),
        rsrq: eutraRsrq(rsrq),
        sinr: decimal(sinr) === 255 ? null : decimal(sinr),
      };
}

function digits(text: string): string | null {
  return /^\d{2,3}$/.test(text) ? text : null;
}

export const ubloxDecoders: readonly LineDecoder[] = [
  { kind: 'uact-test', names: ['+UACT'], specification: manual, form: 'test', decode: bandGroups },
  {
    kind: 'uact',
    names: ['+UACT'],
    specification: manual,
    decode(rest) {
      const bands = splitFields(rest)
        .slice(3)
        .flatMap((field) => numberedBand(whole(field) ?? -1) ?? []);
      return bands.length === 0 ? null : { bands };
    },
  },
  {
    kind: 'urat-test',
    names: ['+URAT'],
    specification: manual,
    form: 'test',
    decode(rest) {
      const [allowed, preferred] = splitGroups(rest);
      const modes = modeCombinations(accessModes, numbersOf(allowed), numbersOf(preferred));
      return modes.length === 0 ? null : { modes };
    },
  },
  {
    kind: 'urat',
    names: ['+URAT'],
    specification: manual,
    decode(rest) {
      const [selected = '', preferred = ''] = splitFields(rest);
      const allowed = accessModes.allowed[whole(selected) ?? -1];
      const first = accessModes.preferred[whole(preferred) ?? -1] ?? null;
      return allowed === undefined ? null : { allowed, preferred: first === null ? [] : [first] };
    },
  },
  { kind: 'ubandsel', names: ['+UBANDSEL'], specification: manual, decode: selectedBands },
  {
    kind: 'uauthreq-test',
    names: ['+UAUTHREQ'],
    specification: manual,
    form: 'test',
    decode: (rest) => ({ auth: numbersOf(splitGroups(rest)[1]).flatMap((number) => ['none', 'pap', 'chap', 'auto'][number] ?? []) }),
  },
  {
    kind: 'ubmconf',
    names: ['+UBMCONF'],
    specification: manual,
    decode: (rest) => readFields(rest, [['mode', choice([null, 'router', 'bridge'])]]),
  },
  {
    kind: 'uusbconf',
    names: ['+UUSBCONF'],
    specification: manual,
    decode(rest) {
      const [number = '', network = '', , productId = ''] = splitFields(rest);
      if (whole(number) === null) return null;
      const profile = network === '' ? 'back-compatible' : network.toLowerCase();
      return { number: whole(number), profile, productId: word(productId) };
    },
  },
  {
    kind: 'ucged',
    names: ['+UCGED'],
    specification: manual,
    decode: (rest) => readFields(rest, [['mode', whole]]),
    decodeBare: servingCell,
    merge: (before, further) => ({ ...before, ...further }),
  },
  {
    kind: 'ugcntrd',
    names: ['+UGCNTRD'],
    specification: manual,
    decode: (rest) =>
      readFields(
        rest,
        [
          ['cid', whole],
          ['sessionTxBytes', whole],
          ['sessionRxBytes', whole],
          ['totalTxBytes', whole],
          ['totalRxBytes', whole],
        ],
        5,
      ),
  },
  {
    kind: 'uipaddr',
    names: ['+UIPADDR'],
    specification: manual,
    decode: (rest) =>
      readFields(rest, [
        ['cid', whole],
        ['ifName', word],
        ['ipv4Address', addressText],
        ['ipv4Subnet', addressText],
        ['ipv6GlobalAddress', addressText],
        ['ipv6LinkLocalAddress', addressText],
      ]),
  },
  {
    kind: 'upincnt',
    names: ['+UPINCNT'],
    specification: manual,
    decode: (rest) =>
      namedFields(
        splitFields(rest),
        [
          ['pinAttempts', whole],
          ['pin2Attempts', whole],
          ['pukAttempts', whole],
          ['puk2Attempts', whole],
        ],
        4,
      ),
  },
];
