import { splitFields } from '../../line-fields.ts';
import { decodeUcs2 } from '../charset.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, rangeNumbers, splitGroups, wordsOf } from '../groups.ts';
import { chosen, readFields, whole } from '../readers.ts';

/** `<fun>` of 3GPP TS 27.007 §8.2, which makers have added to: what is left on of the device. */
const standardPower = chosen({ 0: 'off', 1: 'on', 4: 'low' });
const vendorPower: ReadonlyMap<string, (text: string) => string | null> = new Map([
  // u-blox: 0 keeps the interface alive and only the radio and the card are off; 19 is the same without the card's detach.
  ['u-blox', chosen({ 0: 'low', 1: 'on', 4: 'low', 19: 'low' })],
  // Ericsson: 5 and 6 are on, for GSM or UTRA only.
  ['ericsson-mbm', chosen({ 0: 'off', 1: 'on', 4: 'low', 5: 'on', 6: 'on' })],
  ['linktop', chosen({ 0: 'off', 1: 'on', 4: 'low', 5: 'on', 6: 'on' })],
  // Nordic: 20 … 44 turn single parts on and off.
  ['nordic', chosen({ 0: 'off', 1: 'on', 4: 'low', 44: 'low' })],
]);
/** Makers that choose the technologies with the same number. */
const vendorModes: ReadonlyMap<string, ReadonlyMap<number, readonly string[]>> = new Map([
  [
    'ericsson-mbm',
    new Map([
      [1, ['2g', '3g']],
      [5, ['2g']],
      [6, ['3g']],
    ] as const),
  ],
  [
    'linktop',
    new Map([
      [1, ['2g', '3g']],
      [5, ['2g']],
      [6, ['3g']],
    ] as const),
  ],
]);

const reportModes = ['discard-urcs', 'discard-urcs-if-link-reserved', 'buffer-urcs-if-link-reserved', 'forward-urcs'];
const indicatorModes = ['disable', 'enable-not-caused-by-cind', 'enable-all'];

/** Names of indicators as makers write them, in one way: `Voice Mail` and `voicemail` are one. */
function indicatorName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

export const functionalityDecoders: readonly LineDecoder[] = [
  {
    kind: 'cfun-test',
    names: ['+CFUN'],
    specification: '3GPP TS 27.007 §8.2',
    form: 'test',
    decode(rest) {
      const [modes, resets] = splitGroups(rest);
      const numbers = rangeNumbers(modes ?? '');
      return numbers === null ? null : { modes: numbers, resets: numbersOf(resets) };
    },
  },
  {
    kind: 'cfun',
    names: ['+CFUN'],
    specification: '3GPP TS 27.007 §8.2',
    decode(rest, { vendor }) {
      const value = readFields(rest, [['functionalMode', whole]]);
      if (value === null) return null;
      const number = Number(value['functionalMode']);
      const power = (vendorPower.get(vendor ?? '') ?? standardPower)(String(number));
      return { ...value, powerState: power, allowedModes: vendorModes.get(vendor ?? '')?.get(number) ?? [] };
    },
  },
  {
    kind: 'cpas',
    names: ['+CPAS'],
    specification: '3GPP TS 27.007 §8.1',
    decode(rest) {
      const activityStatus = whole(rest);
      const names = ['ready', 'unavailable', 'unknown', 'ringing', 'call-in-progress', 'asleep'];
      return activityStatus === null ? null : { activityStatus, activity: names[activityStatus] ?? null };
    },
  },
  {
    kind: 'cmer-test',
    names: ['+CMER'],
    specification: '3GPP TS 27.007 §8.10',
    form: 'test',
    decode(rest) {
      const [modes, , , indicators] = splitGroups(rest);
      return {
        modes: numbersOf(modes).flatMap((mode) => reportModes[mode] ?? []),
        inds: numbersOf(indicators).flatMap((mode) => indicatorModes[mode] ?? []),
      };
    },
  },
  {
    kind: 'cind-test',
    names: ['+CIND'],
    specification: '3GPP TS 27.007 §8.9',
    form: 'test',
    decode(rest) {
      const indicators = splitGroups(rest).map((group, position): ExplainedFields | null => {
        const [name = '', range] = splitGroups(group);
        const values = numbersOf(range);
        const [min, max] = [values[0], values.at(-1)];
        if (min === undefined || max === undefined) return null;
        return { index: position + 1, desc: indicatorName(name), min, max };
      });
      return { indicators: indicators.filter((indicator) => indicator !== null) };
    },
  },
  {
    kind: 'cind',
    names: ['+CIND'],
    specification: '3GPP TS 27.007 §8.9',
    decode: (rest) => ({ values: splitFields(rest).map(whole) }),
  },
  {
    kind: 'ciev',
    names: ['+CIEV'],
    specification: '3GPP TS 27.007 §8.10',
    decode: (rest) => {
      const [indicator = '', ...values] = splitFields(rest);
      return indicator === '' ? null : { indicator: whole(indicator) ?? indicator, values: values.map((text) => whole(text) ?? text) };
    },
  },
  {
    kind: 'cscs-test',
    names: ['+CSCS'],
    specification: '3GPP TS 27.007 §5.5',
    form: 'test',
    // ASCII is what the standard calls IRA.
    decode: (rest) => ({
      charsets: wordsOf(splitGroups(rest)[0]).map((name) => (name.toUpperCase() === 'ASCII' ? 'ira' : decodeUcs2(name).toLowerCase())),
    }),
  },
  {
    kind: 'cscs',
    names: ['+CSCS'],
    specification: '3GPP TS 27.007 §5.5',
    decode(rest) {
      const name = decodeUcs2(splitFields(rest)[0] ?? '').toLowerCase();
      return name === '' ? null : { charset: name === 'ascii' ? 'ira' : name };
    },
  },
  {
    kind: 'ceer',
    names: ['+CEER'],
    specification: '3GPP TS 27.007 §6.10',
    decode: (rest) => ({ cause: splitFields(rest).length === 1 ? (splitFields(rest)[0] ?? '') : rest }),
  },
  { kind: 'cmee', names: ['+CMEE'], specification: '3GPP TS 27.007 §9.1', decode: (rest) => readFields(rest, [['mode', whole]]) },
  {
    kind: 'ifc-test',
    names: ['+IFC'],
    specification: 'ITU-T V.250 §6.2.12',
    form: 'test',
    decode(rest) {
      const [fromModem, fromTerminal] = splitGroups(rest.replace(')(', '),(')).map(numbersOf);
      // Only what works in both directions is of use; 0 alone is not even the choice of having none.
      const both = (fromModem ?? []).filter((number) => fromTerminal?.includes(number) === true);
      if (both.length < 2) return { flowControl: [] };
      return { flowControl: both.flatMap((number) => ['none', 'xon-xoff', 'rts-cts'][number] ?? []) };
    },
  },
];
