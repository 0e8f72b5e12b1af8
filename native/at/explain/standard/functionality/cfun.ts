import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, rangeNumbers, splitGroups } from '../../groups.ts';
import { chosen, readFields, whole } from '../../readers.ts';

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

export const cfun: readonly LineDecoder[] = [
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
];
