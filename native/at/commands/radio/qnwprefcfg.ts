import { answerError } from '../../answer-error.ts';
import { afterPrefix, splitFields } from '../../line-fields.ts';
import { numbersOfBands, sortedBands } from './band-names.ts';
import type { Answers, BandWay, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologySet } from './technology-sets.ts';

const manual = 'Quectel RG50x, RM5xx AT commands manual, AT+QNWPREFCFG';

const names: readonly (readonly [name: string, technology: RadioTechnology])[] = [
  ['WCDMA', 'utran'],
  ['LTE', 'eutran'],
  ['NR5G', 'nr'],
];

/** The value of a setting, `LTE:NR5G` or `1:3:7`; several lines can say something of one. */
function valuesOf(lines: readonly string[] | null | undefined, setting: string): readonly string[] {
  return (lines ?? []).flatMap((line) => {
    const [name, value] = splitFields(afterPrefix(line, '+QNWPREFCFG') ?? '');
    return name === setting && value !== undefined ? [value] : [];
  });
}

function technologiesOf(value: string): readonly RadioTechnology[] {
  const parts = value.toUpperCase().split(':');
  return technologySet(names.flatMap(([name, technology]) => (parts.includes(name) ? [technology] : [])));
}

function nameOf(technology: RadioTechnology): string | undefined {
  return names.find(([, known]) => known === technology)?.[0];
}

/** What the model has is seen from the order in which it looks for technologies. */
function everyTechnology(answers: Answers): readonly RadioTechnology[] {
  const [order = ''] = valuesOf(answers[1], 'rat_acq_order');
  const told = technologiesOf(order);
  return told.length > 0 ? told : ['utran', 'eutran', 'nr'];
}

/** Quectel's modems for 5G: any set, and which one is looked for first. */
export const qnwprefcfgTechnologies: TechnologyWay = {
  name: '+QNWPREFCFG="mode_pref"',
  specification: manual,
  questions: ['AT+QNWPREFCFG="mode_pref"', 'AT+QNWPREFCFG="rat_acq_order"'],
  decode(answers) {
    const [mode] = valuesOf(answers[0], 'mode_pref');
    const every = everyTechnology(answers);
    const allowed = mode?.toUpperCase() === 'AUTO' ? every : technologiesOf(mode ?? '');
    if (allowed.length === 0) throw answerError('+QNWPREFCFG', answers[0] ?? []);
    const [order] = valuesOf(answers[1], 'rat_acq_order');
    const first = (order ?? '')
      .split(':')
      .flatMap((name) => technologiesOf(name))
      .find((technology) => allowed.includes(technology));
    return {
      choices: distinctSets([...subsets(every), allowed]),
      allowed,
      preferred: allowed.length > 1 ? (first ?? null) : null,
      canPrefer: order !== undefined,
    };
  },
  encode({ allowed, preferred }, answers) {
    const every = everyTechnology(answers);
    if (allowed.some((technology) => !every.includes(technology))) return null;
    const value = sameTechnologies(allowed, every) ? 'AUTO' : technologySet(allowed).map(nameOf).join(':');
    const mode = `AT+QNWPREFCFG="mode_pref",${value}`;
    if (preferred === null) return [mode];
    const [order] = valuesOf(answers[1], 'rat_acq_order');
    if (order === undefined || !allowed.includes(preferred)) return null;
    const rest = order.split(':').filter((name) => name.toUpperCase() !== nameOf(preferred));
    return [mode, `AT+QNWPREFCFG="rat_acq_order",${[nameOf(preferred), ...rest].join(':')}`];
  },
};

function subsets(technologies: readonly RadioTechnology[]): readonly (readonly RadioTechnology[])[] {
  return technologies.reduce<readonly (readonly RadioTechnology[])[]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
}

/** Standalone 5G has a list of its own. */
const lists = [
  { setting: 'gw_band', prefix: 'U' },
  { setting: 'lte_band', prefix: 'B' },
  { setting: 'nsa_nr5g_band', prefix: 'n' },
  { setting: 'nr5g_band', prefix: 'n' },
] as const;

/** 0 stands for no band. */
function bandsIn(lines: readonly string[] | null | undefined, { setting, prefix }: (typeof lists)[number]): readonly string[] {
  const numbers = valuesOf(lines, setting).flatMap((value) => value.split(':'));
  return numbers.filter((number) => /^[1-9]\d{0,2}$/.test(number)).map((number) => `${prefix}${number}`);
}

/** What the carrier's policy lets the modem use, and what is enabled in any case. */
function supportedIn(answers: Answers, list: (typeof lists)[number]): readonly string[] {
  const own = answers[lists.findIndex(({ setting }) => setting === list.setting) + 1];
  return sortedBands([...bandsIn(answers[0], list), ...bandsIn(own, list)]);
}

export const qnwprefcfgBands: BandWay = {
  name: '+QNWPREFCFG="lte_band"',
  specification: manual,
  questions: ['AT+QNWPREFCFG="policy_band"', ...lists.map(({ setting }) => `AT+QNWPREFCFG="${setting}"`)],
  decode(answers) {
    const enabled = sortedBands(lists.flatMap((list, index) => bandsIn(answers[index + 1], list)));
    if (enabled.length === 0) throw answerError('+QNWPREFCFG', answers[0] ?? []);
    return { supported: sortedBands(lists.flatMap((list) => supportedIn(answers, list))), enabled };
  },
  encode(wish, answers) {
    const lines = lists.map((list, index) => {
      const supported = supportedIn(answers, list);
      // A list that the modem does not have stays as it is.
      if (supported.length === 0 || answers[index + 1] === null) return '';
      const wanted = numbersOfBands(wish === null ? supported : wish.filter((name) => supported.includes(name)), list.prefix);
      // One of the two lists for 5G may stay without a band.
      const empty = list.prefix === 'n' && wish?.some((name) => name.startsWith('n')) === true ? '0' : null;
      const value = wanted.length === 0 ? empty : wanted.join(':');
      return value === null ? null : `AT+QNWPREFCFG="${list.setting}",${value}`;
    });
    // A technology is turned off as a technology, not by leaving it without a band.
    return lines.includes(null) ? null : lines.flatMap((line) => (line === null || line === '' ? [] : [line]));
  },
};
