import { splitFields } from '../../line-fields.ts';
import { bandOfChannel, numberedBand } from '../bands.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups } from '../groups.ts';
import { hexDigits, hexNumber, namedFields, readFields, scaled, signed, whole } from '../readers.ts';
import { eutraRsrp, eutraRsrq, gsmRssi, utraEcio, utraRscp } from '../standard/signal.ts';
import { modeCombinations, type ModeTable } from './mode-combinations.ts';

const manual = 'Intel XMM AT commands; Fibocom L8 family AT commands manual';

/** `<AcT>` and `<PreferredAct1>` of `+XACT`. */
export const accessModes: ModeTable = {
  allowed: [['2g'], ['3g'], ['4g'], ['2g', '3g'], ['3g', '4g'], ['2g', '4g'], ['2g', '3g', '4g']],
  preferred: ['2g', '3g', '4g'],
};

function bandsOf(fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => numberedBand(whole(field) ?? -1) ?? []);
}

function generationOf(band: string): string {
  return band.startsWith('utran') ? '3g' : band.startsWith('eutran') ? '4g' : '2g';
}

const snr = scaled(-100, 100, (index) => index / 2);

function signalLevels(rest: string): ExplainedFields | null {
  const fields = splitFields(rest).slice(1);
  const raw = namedFields(
    fields,
    [
      ['rxlev', whole],
      ['ber', whole],
      ['rscp', whole],
      ['ecn0', whole],
      ['rsrq', whole],
      ['rsrp', whole],
      ['rssnr', signed],
    ],
    7,
  );
  if (raw === null) return null;
  const [rxlev = '', , rscp = '', ecn0 = '', rsrq = '', rsrp = '', rssnr = ''] = fields;
  const gsm = gsmRssi(rxlev);
  const umts = { rscp: utraRscp(rscp), ecio: utraEcio(ecn0) };
  const lte = { rsrp: eutraRsrp(rsrp), rsrq: eutraRsrq(rsrq), snr: snr(rssnr) };
  return {
    gsm: gsm === null ? null : { rssi: gsm },
    umts: umts.rscp === null ? null : umts,
    lte: lte.rsrp === null ? null : lte,
    raw,
  };
}

/** Cells of LTE: 4 is the serving one, 5 a neighbour, of which little is known. Numbers are in hexadecimal. */
function cellLine(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [type = '', mcc = '', mnc = '', tac = '', cellId = '', pci = '', downlink = '', , , rsrp = '', rsrq = '', sinr = ''] = fields;
  if ((type !== '4' && type !== '5') || fields.length < 12) return null;
  const earfcn = hexNumber(downlink);
  const isNamed = mcc !== '000';
  const cell = {
    serving: type === '4',
    rat: 'LTE',
    mcc: isNamed ? mcc : null,
    mnc: isNamed ? mnc : null,
    tac: isNamed ? hexDigits(tac) : null,
    cellId: isNamed ? hexDigits(cellId) : null,
    pci: hexNumber(pci),
    earfcn,
    band: bandOfChannel('LTE', earfcn),
    rsrp: eutraRsrp(rsrp),
    rsrq: eutraRsrq(rsrq),
    sinr: snr(sinr),
  };
  return { cells: [cell] };
}

export const intelDecoders: readonly LineDecoder[] = [
  {
    kind: 'xact-test',
    names: ['+XACT'],
    specification: manual,
    form: 'test',
    decode(rest) {
      const [allowed, preferred, ...others] = splitGroups(rest);
      const bands = bandsOf(others);
      // The ranges are those of the family; what the model has is seen from its bands.
      const present = new Set(bands.map(generationOf));
      const modes = modeCombinations(accessModes, numbersOf(allowed), numbersOf(preferred)).filter(
        ({ allowed: set }) => Array.isArray(set) && set.every((mode) => present.has(String(mode))),
      );
      return bands.length === 0 ? null : { modes, bands };
    },
  },
  {
    kind: 'xact',
    names: ['+XACT'],
    specification: manual,
    decode(rest) {
      const [selected = '', preferred = '', , ...others] = splitFields(rest);
      const allowed = accessModes.allowed[whole(selected) ?? -1];
      const first = accessModes.preferred[whole(preferred) ?? -1] ?? null;
      return allowed === undefined
        ? null
        : { allowed, preferred: first === null || allowed.length < 2 ? [] : [first], bands: bandsOf(others) };
    },
  },
  { kind: 'xmci', names: ['+XMCI'], specification: manual, decode: cellLine },
  { kind: 'xcesq', names: ['+XCESQ', '+XCESQI'], specification: manual, decode: signalLevels },
  {
    kind: 'xlcsslp',
    names: ['+XLCSSLP'],
    specification: manual,
    decode(rest) {
      const value = readFields(
        rest,
        [
          ['type', whole],
          ['address', (text) => (text === '' ? null : text)],
          ['port', whole],
        ],
        3,
      );
      return value === null ? null : { ...value, server: splitFields(rest).slice(1, 3).join(':') };
    },
  },
];
