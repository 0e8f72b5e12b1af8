import { accessModes } from '../../explain/vendors/intel/access-modes.ts';
import { fieldsOf } from '../../line-fields.ts';
import { bandName, sortedBands } from './band-names.ts';
import { explained, needExplained, records, texts } from './explained.ts';
import type { BandWay, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologiesOf } from './technology-sets.ts';

const manual = 'Intel XMM AT commands; Fibocom L8 family AT commands manual, AT+XACT';
const questions = ['AT+XACT?', 'AT+XACT=?'] as const;

/** Fibocom's modems on chips of Intel. */
export const xactTechnologies: TechnologyWay = {
  name: '+XACT',
  specification: manual,
  questions,
  decode(answers) {
    const now = needExplained(answers[0], questions[0], 'xact');
    const sets = records(explained(answers[1], questions[1], 'xact-test')?.['modes']).map(({ allowed }) => technologiesOf(allowed));
    const allowed = technologiesOf(now['allowed']);
    return {
      choices: distinctSets([...sets, allowed]),
      allowed,
      preferred: technologiesOf(now['preferred'])[0] ?? null,
      canPrefer: true,
    };
  },
  encode({ allowed, preferred }) {
    const number = accessModes.allowed.findIndex((set) => sameTechnologies(technologiesOf([...set]), allowed));
    const first = accessModes.preferred.findIndex((one) => one !== null && technologiesOf([one])[0] === preferred);
    if (number < 0 || (preferred !== null && (first < 0 || !allowed.includes(preferred)))) return null;
    return [`AT+XACT=${number},${preferred === null || allowed.length < 2 ? '' : first},`];
  },
};

export const xactBands: BandWay = {
  name: '+XACT',
  specification: manual,
  questions,
  decode(answers) {
    const enabled = namesOf(needExplained(answers[0], questions[0], 'xact')['bands']);
    const supported = namesOf(explained(answers[1], questions[1], 'xact-test')?.['bands']);
    return { supported: sortedBands([...supported, ...enabled]), enabled };
  },
  encode(wish, answers) {
    // The technologies stand in front, and are told again as they are.
    const [selected = '', preferred = '', next = ''] = fieldsOf(answers[0] ?? [], '+XACT') ?? [];
    const bands = (wish ?? xactBands.decode(answers).supported).flatMap((name) => numberOf(name) ?? []).join(',');
    return selected === '' || bands === '' ? null : [`AT+XACT=${selected},${preferred},${next},${bands}`];
  },
};

function namesOf(bands: Parameters<typeof texts>[0]): readonly string[] {
  return sortedBands(texts(bands).flatMap((name) => bandName(name) ?? []));
}

function numberOf(name: string): number | null {
  const digits = Number(name.replace(/^\D+/, ''));
  if (name.startsWith('U') || name.startsWith('GSM')) return digits;
  return name.startsWith('B') ? digits + 100 : null;
}
