import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { flag, namedFields, readFields, signed, whole, word } from '../readers.ts';
import { position } from './position.ts';
import { servingCellDecoders } from './quectel-cells.ts';

const manual = 'Quectel AT commands manuals';

/** SINR of LTE comes as a number from 0 to 250 of which five are a decibel, and 100 is none. */
function sinrDb(text: string): number | null {
  const raw = signed(text);
  return raw === null || raw < 0 || raw > 250 ? null : Math.round((raw / 5 - 20) * 10) / 10;
}

const noSignal = { rssi: null, rscp: null, ecio: null, rsrp: null, rsrq: null, sinrRaw: null, sinrDb: null };

function signalStrength(rest: string): ExplainedFields | null {
  const [mode = '', a = '', b = '', c = '', d = ''] = splitFields(rest);
  const rat = mode.toUpperCase();
  if (rat === 'NOSERVICE') return { rat, ...noSignal };
  if (rat === 'GSM') return { rat, ...noSignal, rssi: signed(a) };
  if (rat === 'WCDMA' || rat === 'TDSCDMA') return { rat, ...noSignal, rssi: signed(a), rscp: signed(b), ecio: signed(c) };
  if (rat === 'LTE' || rat === 'CAT-M1' || rat === 'CAT-NB1' || rat === 'EMTC' || rat === 'NBIOT') {
    return { rat, ...noSignal, rssi: signed(a), rsrp: signed(b), sinrRaw: signed(c), sinrDb: sinrDb(c), rsrq: signed(d) };
  }
  // In NR the ratio is in decibels.
  if (rat.startsWith('NR')) return { rat, ...noSignal, rsrp: signed(a), sinrRaw: signed(b), sinrDb: signed(b), rsrq: signed(c) };
  return null;
}

/** One value for each antenna, and the technology; −32768 stands for an antenna that is not there. */
function antennas(kind: string): LineDecoder {
  return {
    kind,
    names: [`+${kind.toUpperCase()}`],
    specification: manual,
    decode(rest) {
      const fields = splitFields(rest);
      const rat = word(fields.find((field) => /^[A-Z]/i.test(field)) ?? '');
      const values = fields.filter((field) => signed(field) !== null).map((field) => (Number(field) <= -32_768 ? null : Number(field)));
      return values.length === 0 ? null : { rat, antennas: values };
    },
  };
}

export const quectelDecoders: readonly LineDecoder[] = [
  { kind: 'qcsq', names: ['+QCSQ'], specification: manual, decode: signalStrength },
  ...servingCellDecoders,
  antennas('qrsrp'),
  antennas('qrsrq'),
  antennas('qsinr'),
  {
    kind: 'qnwinfo',
    names: ['+QNWINFO'],
    specification: manual,
    decode(rest) {
      if (/^"?no service/i.test(rest)) return { rat: null, operatorNumeric: null, mcc: null, mnc: null, band: null, channel: null };
      const value = readFields(rest, [
        ['rat', word],
        ['operatorNumeric', word],
        ['band', word],
        ['channel', whole],
      ]);
      const numeric = splitFields(rest)[1] ?? '';
      const known = /^\d{5,6}$/.test(numeric);
      return value === null ? null : { ...value, mcc: known ? numeric.slice(0, 3) : null, mnc: known ? numeric.slice(3) : null };
    },
  },
  {
    kind: 'qcainfo',
    names: ['+QCAINFO'],
    specification: manual,
    decode(rest) {
      const fields = splitFields(rest);
      const carrier = namedFields(
        fields,
        [
          ['role', word],
          ['channel', whole],
          ['bandwidth', whole],
          ['band', word],
        ],
        2,
      );
      if (carrier === null) return null;
      const isSecondary = /^SCC/i.test(fields[0] ?? '');
      // Firmware for 5G leaves out the state, and puts the cell in its place.
      const [first = '', second = ''] = fields.slice(4);
      const pci = whole(second) === null || fields.length < 6 ? whole(first) : whole(second);
      return { carriers: [{ ...carrier, state: isSecondary || pci !== whole(first) ? whole(first) : null, pci }] };
    },
  },
  {
    kind: 'qgdcnt',
    names: ['+QGDCNT'],
    specification: manual,
    decode: (rest) =>
      readFields(
        rest,
        [
          ['sent', whole],
          ['received', whole],
        ],
        2,
      ),
  },
  {
    kind: 'qgpsloc',
    names: ['+QGPSLOC'],
    specification: 'Quectel GNSS AT commands manual',
    decode: position,
  },
  {
    kind: 'qtemp',
    names: ['+QTEMP'],
    specification: manual,
    decode(rest) {
      const fields = splitFields(rest);
      const numbers = fields.map(signed);
      const named = numbers[0] === null && fields.length === 2;
      const sensors = named
        ? [{ name: fields[0] ?? '', celsius: numbers[1] ?? null }]
        : numbers.map((celsius) => ({ name: null, celsius }));
      return sensors.every(({ celsius }) => celsius === null) ? null : { sensors };
    },
  },
  { kind: 'qusim', names: ['+QUSIM'], specification: manual, decode: (rest) => readFields(rest, [['initialised', flag]]) },
  {
    kind: 'qsimstat',
    names: ['+QSIMSTAT'],
    specification: manual,
    decode: (rest) =>
      readFields(rest, [
        ['reporting', flag],
        ['inserted', flag],
      ]),
  },
  { kind: 'quimslot', names: ['+QUIMSLOT'], specification: manual, decode: (rest) => readFields(rest, [['slot', whole]]) },
  {
    kind: 'qpinc',
    names: ['+QPINC'],
    specification: manual,
    decode: (rest) =>
      readFields(
        rest,
        [
          ['facility', word],
          ['retries', whole],
          ['pukRetries', whole],
        ],
        2,
      ),
  },
];
