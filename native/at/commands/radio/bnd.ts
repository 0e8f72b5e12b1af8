import { gsmSets, utraSets } from '../../explain/vendors/telit/band-sets.ts';
import { fieldsOf } from '../../line-fields.ts';
import { bandName, maskOfBands, numbersOfBands, sortedBands } from './band-names.ts';
import { explained, needExplained, texts } from './explained.ts';
import type { BandWay } from './setting-way.ts';

const questions = ['AT#BND?', 'AT#BND=?'] as const;

/** Telit: a number for each set of GSM bands and of UMTS bands, and a mask for LTE; a set that has no number cannot be told. */
export const bndBands: BandWay = {
  name: '#BND',
  specification: 'Telit LE910, HE910 and xE910 AT commands reference guides, AT#BND',
  questions,
  decode(answers) {
    const enabled = namesOf(needExplained(answers[0], questions[0], 'bnd')['bands']);
    const supported = namesOf(explained(answers[1], questions[1], 'bnd-test')?.['bands']);
    return { supported: sortedBands([...supported, ...enabled]), enabled };
  },
  encode(wish, answers) {
    const fields = fieldsOf(answers[0] ?? [], '#BND') ?? [];
    const bands = wish ?? bndBands.decode(answers).supported;
    const [gsm, utra] = [gsmNumber(bands), utraNumber(bands)];
    // Further masks belong to bands from 65 on, which models count differently.
    const beyond = numbersOfBands(bands, 'B').some((number) => number > 64);
    if (fields.length > 3 || beyond || (gsm < 0 && needs(bands, 'GSM')) || (utra < 0 && needs(bands, 'U'))) return null;
    const lte = maskOfBands(numbersOfBands(bands, 'B'))
      .toString(isHex(fields[2] ?? '') ? 16 : 10)
      .toUpperCase();
    const parts = [gsm < 0 ? (fields[0] ?? '0') : String(gsm), utra < 0 ? (fields[1] ?? '0') : String(utra), lte];
    return [`AT#BND=${parts.slice(0, Math.max(1, fields.length)).join(',')}`];
  },
};

function namesOf(bands: Parameters<typeof texts>[0]): readonly string[] {
  return sortedBands(texts(bands).flatMap((name) => bandName(name) ?? []));
}

function needs(bands: readonly string[], prefix: string): boolean {
  return bands.some((name) => name.startsWith(prefix));
}

function gsmNumber(bands: readonly string[]): number {
  const wanted = sortedBands(bands.filter((name) => name.startsWith('GSM'))).join();
  return gsmSets.findIndex((set) => sortedBands(set.flatMap((name) => bandName(name) ?? [])).join() === wanted);
}

function utraNumber(bands: readonly string[]): number {
  const wanted = numbersOfBands(sortedBands(bands), 'U').join();
  return utraSets.findIndex((set) => set.toSorted((left, right) => left - right).join() === wanted);
}

function isHex(mask: string): boolean {
  return /[A-F]/i.test(mask);
}
