import { accessModes } from '../../explain/vendors/u-blox/access-modes.ts';
import { bandName, sortedBands } from './band-names.ts';
import { explained, needExplained, records, texts } from './explained.ts';
import type { BandWay, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologiesOf } from './technology-sets.ts';

const manual = 'u-blox cellular modules AT commands manual';

export const uratTechnologies: TechnologyWay = {
  name: '+URAT',
  specification: `${manual}, +URAT`,
  questions: ['AT+URAT?', 'AT+URAT=?'],
  radioOffMeanwhile: true,
  decode(answers) {
    const now = needExplained(answers[0], 'AT+URAT?', 'urat');
    const sets = records(explained(answers[1], 'AT+URAT=?', 'urat-test')?.['modes']).map(({ allowed }) => technologiesOf(allowed));
    const allowed = technologiesOf(now['allowed']);
    return {
      choices: distinctSets([...sets, allowed]),
      allowed,
      preferred: allowed.length > 1 ? (technologiesOf(now['preferred'])[0] ?? null) : null,
      canPrefer: true,
    };
  },
  encode({ allowed, preferred }) {
    const number = accessModes.allowed.findIndex((set) => sameTechnologies(technologiesOf([...set]), allowed));
    const first = accessModes.preferred.findIndex((one) => one !== null && technologiesOf([one])[0] === preferred);
    if (number < 0 || (preferred !== null && (first < 0 || !allowed.includes(preferred)))) return null;
    return [preferred === null || allowed.length < 2 ? `AT+URAT=${number}` : `AT+URAT=${number},${first}`];
  },
};

export const uactBands: BandWay = {
  name: '+UACT',
  specification: `${manual}, +UACT`,
  questions: ['AT+UACT?', 'AT+UACT=?'],
  radioOffMeanwhile: true,
  decode(answers) {
    const enabled = namesOf(texts(needExplained(answers[0], 'AT+UACT?', 'uact')['bands']));
    const lists = explained(answers[1], 'AT+UACT=?', 'uact-test') ?? {};
    const supported = namesOf(['2g', '3g', '4g'].flatMap((generation) => texts(lists[generation])));
    return { supported: sortedBands([...supported, ...enabled]), enabled };
  },
  encode(wish, answers) {
    const bands = wish ?? uactBands.decode(answers).supported;
    // The technologies in the first three places stay as they are where they are empty.
    return [`AT+UACT=,,,${bands.map(numberOf).join(',')}`];
  },
};

function namesOf(explainedNames: readonly string[]): readonly string[] {
  return sortedBands(explainedNames.flatMap((name) => bandName(name) ?? []));
}

/** GSM by its frequency, UMTS by its number, LTE by its number and 100. */
function numberOf(name: string): number {
  const digits = Number(name.replace(/^\D+/, ''));
  return name.startsWith('B') ? digits + 100 : digits;
}
