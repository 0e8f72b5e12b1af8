import { answerError } from '../../answer-error.ts';
import { fieldsOf } from '../../line-fields.ts';
import { sortedBands } from './band-names.ts';
import { explained, needExplained } from './explained.ts';
import type { Answers, BandWay, RadioTechnology, TechnologyWay } from './setting-way.ts';

const manual = 'Nordic nRF91x1 AT commands reference guide';

const both: readonly RadioTechnology[] = ['nbIot', 'ltem'];
const firsts: readonly (RadioTechnology | null)[] = [null, 'ltem', 'nbIot'];

/** `<LTE-M>,<NB-IoT>,<GNSS>,<preference>`; what stands for satellites stays as it is. */
export const xsystemmodeTechnologies: TechnologyWay = {
  name: '%XSYSTEMMODE',
  specification: `${manual}, %XSYSTEMMODE`,
  questions: ['AT%XSYSTEMMODE?'],
  radioOffMeanwhile: true,
  decode(answers) {
    const now = needExplained(answers[0], 'AT%XSYSTEMMODE?', 'nrf-xsystemmode');
    const allowed = both.filter((technology) => now[technology === 'ltem' ? 'modemSupportLTEM' : 'modemSupportNBIoT'] === true);
    if (allowed.length === 0) throw answerError('%XSYSTEMMODE', answers[0] ?? []);
    const preference = now['modemSystemPreference'];
    return {
      choices: [['ltem'], ['nbIot'], both],
      allowed,
      preferred: allowed.length > 1 && typeof preference === 'number' ? (firsts[preference] ?? null) : null,
      canPrefer: true,
    };
  },
  encode({ allowed, preferred }, answers) {
    if (allowed.some((technology) => !both.includes(technology)) || (preferred !== null && !allowed.includes(preferred))) return null;
    const [, , satellites = '0'] = fieldsOf(answers[0] ?? [], '%XSYSTEMMODE') ?? [];
    const has = (technology: RadioTechnology): number => (allowed.includes(technology) ? 1 : 0);
    const first = allowed.length > 1 ? firsts.indexOf(preferred) : 0;
    return [`AT%XSYSTEMMODE=${has('ltem')},${has('nbIot')},${satellites},${first}`];
  },
};

/** Bits of a lock from the right, one for each band from 1 on. */
function lockedBands(answers: Answers): readonly string[] {
  const [permanent = '', now = ''] = fieldsOf(answers[1] ?? [], '%XBANDLOCK') ?? [];
  const bits = (now.includes('1') ? now : permanent).split('').toReversed();
  return bits.flatMap((bit, index) => (bit === '1' ? [`B${index + 1}`] : []));
}

export const xbandlockBands: BandWay = {
  name: '%XBANDLOCK',
  specification: `${manual}, %XBANDLOCK, %XCBAND`,
  questions: ['AT%XCBAND=?', 'AT%XBANDLOCK?'],
  radioOffMeanwhile: true,
  decode(answers) {
    const available = explained(answers[0], 'AT%XCBAND=?', 'nrf-xcband')?.['availableBands'];
    const supported = Array.isArray(available) ? sortedBands(available.map((number) => `B${String(number)}`)) : [];
    if (supported.length === 0) throw answerError('%XCBAND', answers[0] ?? []);
    const locked = lockedBands(answers).filter((name) => supported.includes(name));
    return { supported, enabled: locked.length === 0 ? supported : sortedBands(locked) };
  },
  encode(wish) {
    // A lock until the modem is switched off; 0 takes it away.
    if (wish === null) return ['AT%XBANDLOCK=0'];
    const numbers = wish.map((name) => Number(name.slice(1)));
    const bits = Array.from({ length: Math.max(...numbers) }, (_, index) => (numbers.includes(index + 1) ? '1' : '0'));
    return [`AT%XBANDLOCK=2,"${bits.toReversed().join('')}"`];
  },
};
