import { answerError } from '../../answer-error.ts';
import { bandsOfMask, hexMask } from '../../explain/bands.ts';
import { afterPrefix, splitFields } from '../../line-fields.ts';
import { bandName, maskOfBands, numbersOfBands, sortedBands } from './band-names.ts';
import { quectelBandsOf } from './quectel-bands.ts';
import type { Answers, BandWay } from './setting-way.ts';

/** Bits for GSM and UMTS. */
const gsmAndUmts: readonly (readonly [mask: bigint, name: string])[] = [
  [0x1n, 'GSM900'],
  [0x2n, 'GSM1800'],
  [0x4n, 'GSM850'],
  [0x8n, 'GSM1900'],
  [0x10n, 'U1'],
  [0x20n, 'U2'],
  [0x40n, 'U5'],
  [0x80n, 'U8'],
  [0x100n, 'U6'],
  [0x200n, 'U4'],
  [0x400n, 'U19'],
];
const anyOfGsmAndUmts = 0xffffn;
const anyOfLte = 0x7fffffffffffffffn;

/** `+QCFG: "band",<GSM and UMTS>,<LTE>[,<TD-SCDMA>]`, masks in hexadecimal. */
function enabledBands(answers: Answers): readonly string[] {
  const lines = answers[0] ?? [];
  const fields = lines.map((line) => splitFields(afterPrefix(line, '+QCFG') ?? '')).find(([name]) => name === 'band');
  const [, older = '', lte = ''] = fields ?? [];
  const [olderMask, lteMask] = [hexMask(older), hexMask(lte)];
  if (olderMask === null || lteMask === null) throw answerError('+QCFG', lines);
  return sortedBands([
    ...gsmAndUmts.flatMap(([mask, name]) => ((olderMask & mask) === 0n ? [] : [name])),
    ...bandsOfMask(lteMask, 'eutran').flatMap((band) => bandName(band) ?? []),
  ]);
}

/** What the model is sold with, and in any case what is enabled. */
function supportedBands(answers: Answers, enabled: readonly string[]): readonly string[] {
  return sortedBands([...quectelBandsOf(answers[1]?.[0] ?? ''), ...enabled]);
}

/** Quectel's modems up to LTE. */
export const qcfgBands: BandWay = {
  name: '+QCFG="band"',
  specification: 'Quectel EC2x, EG2x and EG9x AT commands manual, AT+QCFG="band"',
  questions: ['AT+QCFG="band"', 'AT+CGMR'],
  decode(answers) {
    const enabled = enabledBands(answers);
    return { supported: supportedBands(answers, enabled), enabled };
  },
  encode(wish, answers) {
    const older = wish === null ? anyOfGsmAndUmts : gsmAndUmts.reduce((mask, [bit, name]) => (wish.includes(name) ? mask | bit : mask), 0n);
    const lte = wish === null ? anyOfLte : maskOfBands(numbersOfBands(wish, 'B'));
    // 0 stands for "as it is": a technology cannot be left without a band this way.
    if (wish !== null && leavesATechnologyEmpty(wish, enabledBands(answers))) return null;
    return [`AT+QCFG="band",0x${older.toString(16)},0x${lte.toString(16)},0,1`];
  },
};

function isLte(name: string): boolean {
  return name.startsWith('B');
}

function isOlder(name: string): boolean {
  return !isLte(name);
}

function leavesATechnologyEmpty(wish: readonly string[], enabled: readonly string[]): boolean {
  return [isLte, isOlder].some((belongs) => enabled.some(belongs) && !wish.some(belongs));
}
