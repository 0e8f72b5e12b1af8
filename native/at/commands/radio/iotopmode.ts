import { answerError } from '../../answer-error.ts';
import { afterPrefix, splitFields, wholeNumber } from '../../line-fields.ts';
import type { Answers, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, technologySet } from './technology-sets.ts';

const iotModes: readonly (readonly RadioTechnology[])[] = [['ltem'], ['nbIot'], ['nbIot', 'ltem']];
const [everything, onlyGsm, onlyLte] = [0, 1, 3];

function valueOf(lines: readonly string[] | null | undefined, setting: string): number | null {
  const found = (lines ?? []).map((line) => splitFields(afterPrefix(line, '+QCFG') ?? '')).find(([name]) => name === setting);
  return wholeNumber(found?.[1]);
}

/** Whether the model has GSM too is seen from what its scan may be told. */
function hasGsm(answers: Answers): boolean {
  return valueOf(answers[1], 'nwscanmode') !== null;
}

/** Quectel's BG series: LTE-M and NB-IoT, and GSM where the model has it. */
export const iotopmodeTechnologies: TechnologyWay = {
  name: '+QCFG="iotopmode"',
  specification: 'Quectel BG95, BG77 and BG96 AT commands manual, AT+QCFG="iotopmode"',
  questions: ['AT+QCFG="iotopmode"', 'AT+QCFG="nwscanmode"'],
  decode(answers) {
    const iot = iotModes[valueOf(answers[0], 'iotopmode') ?? -1];
    if (iot === undefined) throw answerError('+QCFG', answers[0] ?? []);
    const scan = valueOf(answers[1], 'nwscanmode');
    const allowed: readonly RadioTechnology[] = scan === onlyGsm ? ['gsm'] : scan === everything ? ['gsm', ...iot] : iot;
    const withGsm: readonly (readonly RadioTechnology[])[] = hasGsm(answers)
      ? [['gsm'], ...iotModes.map((set) => ['gsm', ...set] as const)]
      : [];
    return { choices: distinctSets([...iotModes, ...withGsm]), allowed: technologySet(allowed), preferred: null, canPrefer: false };
  },
  encode({ allowed, preferred }, answers) {
    const gsm = allowed.includes('gsm');
    const others = technologySet(allowed.filter((technology) => technology !== 'gsm'));
    const iot = iotModes.findIndex((set) => set.join() === others.join());
    if (preferred !== null || (gsm && !hasGsm(answers)) || (others.length > 0 && iot < 0)) return null;
    const scan = others.length === 0 ? onlyGsm : gsm ? everything : onlyLte;
    return [
      ...(hasGsm(answers) ? [`AT+QCFG="nwscanmode",${scan},1`] : []),
      ...(others.length === 0 ? [] : [`AT+QCFG="iotopmode",${iot},1`]),
    ];
  },
};
