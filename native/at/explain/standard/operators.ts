import { splitFields } from '../../line-fields.ts';
import { decodeUcs2 } from '../charset.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { rangeNumbers, splitGroups } from '../groups.ts';
import { choice, flag, namedFields, readFields, whole, word } from '../readers.ts';
import { technologyName } from '../technology-name.ts';
import { networkSelectionSets } from './network-selections.ts';

/** `<stat>` of an operator found, 3GPP TS 27.007 §7.3. */
const operatorStates = ['unknown', 'available', 'current', 'forbidden'];

/**
 * An operator of the scan. Old modems leave out the technology, which is GSM then (TS 27.007 §7.3), or put no name where there is only a number.
 */
function scannedOperator(group: string): ExplainedFields | null {
  const [state = '', long = '', short = '', code = '', technology = ''] = splitFields(group);
  const status = choice(operatorStates)(state);
  if (status === null || !/^\d{5,7}$/.test(decodeUcs2(code))) return null;
  const act = technology === '' ? 0 : whole(technology);
  return {
    status,
    operatorLong: word(decodeUcs2(long)),
    operatorShort: word(decodeUcs2(short)),
    operatorCode: decodeUcs2(code),
    act,
    accessTech: technologyName(act),
  };
}

export const operatorDecoders: readonly LineDecoder[] = [
  {
    kind: 'cops-scan',
    names: ['+COPS'],
    specification: '3GPP TS 27.007 §7.3',
    form: 'test',
    decode(rest) {
      const networks = splitGroups(rest).flatMap((group) => scannedOperator(group) ?? []);
      return { networks };
    },
  },
  {
    kind: 'cops-query',
    names: ['+COPS'],
    specification: '3GPP TS 27.007 §7.3',
    decode(rest) {
      const fields = splitFields(rest);
      const value = namedFields(fields, [
        ['mode', whole],
        ['format', whole],
        ['operator', (text) => word(decodeUcs2(text))],
        ['act', whole],
      ]);
      if (value === null) return null;
      return {
        ...value,
        selection: choice(['automatic', 'manual', 'deregistered', 'format-only', 'manual-then-automatic'])(fields[0] ?? ''),
        technology: technologyName(whole(fields[3] ?? '')),
      };
    },
  },
  {
    kind: 'cpol',
    names: ['+CPOL'],
    specification: '3GPP TS 27.007 §7.19',
    decode(rest) {
      const fields = splitFields(rest);
      const [, format, operator = ''] = fields;
      // Only the numeric format tells operators apart for certain.
      if (format !== '2' || !/^\d{5,6}$/.test(operator)) return null;
      const technologies = fields.slice(3).map(flag);
      const value = namedFields(fields, [['index', whole]]);
      if (value === null || technologies.includes(null)) return null;
      const has = (index: number): boolean => technologies[index] ?? false;
      const names = { gsm: has(0), gsmCompact: has(1), utran: has(2), eutran: has(3), ngran: has(4) };
      return { ...value, operator, ...names, actCount: technologies.length };
    },
  },
  {
    kind: 'cnum',
    names: ['+CNUM'],
    specification: '3GPP TS 27.007 §7.1',
    decode(rest) {
      const [name = '', number = '', type = ''] = splitFields(rest);
      return number === '' ? null : { numbers: [number], name: word(name), type: whole(type) };
    },
  },
  {
    kind: 'cscon',
    names: ['+CSCON'],
    specification: '3GPP TS 27.007 §7.30',
    decode(rest) {
      const fields = splitFields(rest);
      // The answer to the read command has <n> in front; some firmwares leave it out, and so does the news.
      const mode = fields.length > 1 ? fields[1] : fields[0];
      const rrcState = whole(mode ?? '');
      return rrcState === null || rrcState > 1 ? null : { rrcState, connected: rrcState === 1 };
    },
  },
  {
    kind: 'cemode',
    names: ['+CEMODE'],
    specification: '3GPP TS 27.007 §10.1.28',
    decode: (rest) =>
      readFields(rest.replace(/^(.*)$/, '$1,$1'), [
        ['modeOfOperation', whole],
        ['mode', choice(['ps-2', 'cs-ps-1', 'cs-ps-2', 'ps-1'])],
      ]),
  },
  {
    kind: 'cgatt',
    names: ['+CGATT'],
    specification: '3GPP TS 27.007 §10.1.9',
    decode: (rest) => readFields(rest, [['attached', flag]]),
  },
  {
    kind: 'ws46-test',
    names: ['+WS46'],
    specification: '3GPP TS 27.007 §5.9',
    form: 'test',
    decode: networkSelections,
    decodeBare: (line) => (line.startsWith('(') ? networkSelections(line) : null),
  },
  {
    kind: 'ws46',
    names: ['+WS46'],
    specification: '3GPP TS 27.007 §5.9',
    decode(rest) {
      const allowed = networkSelectionSets.get(whole(rest) ?? -1);
      if (allowed === undefined) return null;
      return { number: whole(rest), mode: allowed.length === 1 ? (allowed[0] ?? null) : null, allowed };
    },
  },
];

/**
 * The selections that a modem has. 25 is "everything": it is read as what the modem's other selections hold, since a modem for LTE has no
 * 5G in it.
 */
function networkSelections(rest: string): ExplainedFields | null {
  const numbers = rangeNumbers(splitGroups(rest)[0] ?? '');
  if (numbers === null) return null;
  const known = numbers.filter((number) => networkSelectionSets.has(number));
  const found = new Set(known.flatMap((number) => (number === 25 ? [] : (networkSelectionSets.get(number) ?? []))));
  const everything = found.size === 0 ? networkSelectionSets.get(25) : networkSelectionSets.get(25)?.filter((mode) => found.has(mode));
  return { modes: known.map((number) => (number === 25 ? (everything ?? []) : (networkSelectionSets.get(number) ?? []))) };
}
