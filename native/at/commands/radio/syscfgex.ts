import { answerError } from '../../answer-error.ts';
import { bandsOfMask, hexMask } from '../../explain/bands.ts';
import { bandName, maskOfBands, numbersOfBands, sortedBands } from './band-names.ts';
import { explained, needExplained, records } from './explained.ts';
import { bandsOfQualcommMask, qualcommMask } from './qualcomm-mask.ts';
import type { Answers, BandWay, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologiesOf } from './technology-sets.ts';

const manual = 'Huawei AT command interface specification, AT^SYSCFGEX';
const questions = ['AT^SYSCFGEX?', 'AT^SYSCFGEX=?'] as const;
const [anyOlder, anyLte] = ['3FFFFFFF', '7FFFFFFFFFFFFFFF'];
/** The value that leaves a part as it is: masks, roaming, domains. */
const [sameMask, sameRoaming, sameDomain] = ['40000000', 2, 4];

type Order = { readonly code: string; readonly technologies: readonly RadioTechnology[]; readonly first: RadioTechnology | null };

/** `"0302"` is LTE first, then UMTS; `"00"` is everything, as the modem likes it. */
function orders(answers: Answers): readonly Order[] {
  return records(explained(answers[1], questions[1], 'syscfgex-test')?.['modes']).map(({ mode, allowed, preferred }) => ({
    code: typeof mode === 'string' ? mode : '',
    technologies: technologiesOf(allowed),
    first: technologiesOf(preferred)[0] ?? null,
  }));
}

export const syscfgexTechnologies: TechnologyWay = {
  name: '^SYSCFGEX',
  specification: manual,
  questions,
  decode(answers) {
    const now = needExplained(answers[0], questions[0], 'syscfgex');
    const known = orders(answers);
    const automatic = known.find(({ code }) => code === '00');
    const isAutomatic = now['acqorder'] === '00';
    const allowed = isAutomatic ? (automatic?.technologies ?? []) : technologiesOf(now['allowed']);
    if (allowed.length === 0) throw answerError('^SYSCFGEX', answers[0] ?? []);
    return {
      choices: distinctSets([...known.map(({ technologies }) => technologies), allowed]),
      allowed,
      preferred: isAutomatic ? null : (technologiesOf(now['preferred'])[0] ?? null),
      canPrefer: known.some(({ first }) => first !== null),
    };
  },
  encode({ allowed, preferred }, answers) {
    const fitting = orders(answers).filter(({ technologies }) => sameTechnologies(technologies, allowed));
    const found =
      preferred === null ? fitting[0] : fitting.find(({ first, technologies }) => first === preferred || technologies.length === 1);
    if (found === undefined || (preferred !== null && !allowed.includes(preferred))) return null;
    return [`AT^SYSCFGEX="${found.code}",${sameMask},${sameRoaming},${sameDomain},${sameMask},,`];
  },
};

export const syscfgexBands: BandWay = {
  name: '^SYSCFGEX',
  specification: manual,
  questions,
  decode(answers) {
    const now = needExplained(answers[0], questions[0], 'syscfgex');
    const { gsmUmtsBandsHex, lteBandsHex } = explained(answers[1], questions[1], 'syscfgex-test') ?? {};
    const supported = bandsOf(gsmUmtsBandsHex, lteBandsHex);
    const enabled = bandsOf(now['band'], now['lteband']);
    if (supported.length === 0) throw answerError('^SYSCFGEX', answers[1] ?? []);
    // A mask of everything has bands in it that the modem has not.
    return { supported, enabled: enabled.filter((name) => supported.includes(name)) };
  },
  encode(wish) {
    const older = wish === null ? anyOlder : qualcommMask(wish).toString(16).toUpperCase();
    const lte = wish === null ? anyLte : maskOfBands(numbersOfBands(wish, 'B')).toString(16).toUpperCase();
    // A technology without a band cannot be told this way.
    return [`AT^SYSCFGEX="99",${older === '0' ? sameMask : older},${sameRoaming},${sameDomain},${lte === '0' ? sameMask : lte},,`];
  },
};

function bandsOf(older: unknown, lte: unknown): readonly string[] {
  const [olderMask, lteMask] = [older, lte].map((text) => (typeof text === 'string' ? hexMask(text) : null) ?? 0n);
  return sortedBands([
    ...bandsOfQualcommMask(olderMask ?? 0n),
    ...bandsOfMask(lteMask ?? 0n, 'eutran').flatMap((name) => bandName(name) ?? []),
  ]);
}
