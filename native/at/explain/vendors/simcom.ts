import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { decimal, hexDigits, namedFields, readFields, signed, whole, word } from '../readers.ts';
import { degreesOf, utcOf } from './position.ts';

const manual = 'SIMCom AT commands manuals';

/** SIM7600 and SIM8200 write tenths of a decibel, others whole ones: no RSRP is below −160 dBm, and none of theirs is above in tenths. */
function levels(rsrq: string, rsrp: string, rssi: string): ExplainedFields {
  const unit = (signed(rsrp) ?? 0) < -160 ? 10 : 1;
  const inUnit = (text: string): number | null => {
    const raw = signed(text);
    return raw === null ? null : raw / unit;
  };
  return { rsrq: inUnit(rsrq), rsrp: inUnit(rsrp), rssi: inUnit(rssi) };
}

function systemInformation(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [mode = '', status = '', plmn = ''] = fields;
  if (mode === '') return null;
  const [mcc = '', mnc = ''] = plmn.split('-');
  const common = { mode: mode.toUpperCase(), status: word(status), mcc: word(mcc), mnc: word(mnc) };
  const rest3 = fields.slice(3);
  if (common.mode.startsWith('LTE') || common.mode === 'CAT-M1' || common.mode === 'NB-IOT') {
    const value = namedFields(rest3, [
      ['tac', hexDigits],
      ['cellId', whole],
      ['pci', whole],
      ['band', word],
      ['earfcn', whole],
      ['dlBandwidth', whole],
      ['ulBandwidth', whole],
    ]);
    const [rsrq = '', rsrp = '', rssi = '', sinr = ''] = rest3.slice(7);
    return { ...common, ...value, ...levels(rsrq, rsrp, rssi), sinr: signed(sinr) };
  }
  if (common.mode.startsWith('NR5G')) {
    const value = namedFields(rest3, [
      ['tac', hexDigits],
      ['cellId', whole],
      ['pci', whole],
      ['band', word],
      ['arfcn', whole],
    ]);
    const [rsrp = '', rsrq = '', sinr = ''] = rest3.slice(5);
    return { ...common, ...value, ...levels(rsrq, rsrp, ''), sinr: signed(sinr) };
  }
  return { ...common, fields: rest3.slice(0, 16) };
}

function gnssPosition(rest: string): ExplainedFields | null {
  const [lat = '', north = '', lon = '', east = '', first = '', second = '', altitude = '', speed = '', course = ''] = splitFields(rest);
  if (lat === '' && lon === '') return { fix: false, latitude: null, longitude: null };
  const [latitude, longitude] = [degreesOf(lat, north), degreesOf(lon, east)];
  if (latitude === null || longitude === null) return null;
  // The manual has the date in front of the time, some firmwares have it behind.
  const utc = /\./.test(first) ? utcOf(first, second) : utcOf(second, first);
  return { fix: true, latitude, longitude, utc, altitude: decimal(altitude), speed: decimal(speed), course: decimal(course) };
}

export const simcomDecoders: readonly LineDecoder[] = [
  { kind: 'cpsi', names: ['+CPSI'], specification: manual, decode: systemInformation },
  { kind: 'cgpsinfo', names: ['+CGPSINFO'], specification: manual, decode: gnssPosition },
  {
    kind: 'cnsmod',
    names: ['+CNSMOD'],
    specification: manual,
    decode: (rest) =>
      splitFields(rest).length > 1
        ? readFields(rest, [
            ['mode', whole],
            ['system', whole],
          ])
        : readFields(rest, [['system', whole]]),
  },
  {
    kind: 'simcard',
    names: ['+SIMCARD'],
    specification: manual,
    decode: (rest) => ({ available: !/NOT AVAILABLE/i.test(rest), text: rest.slice(0, 80) }),
  },
  {
    kind: 'rxdtmf-urc',
    names: ['+RXDTMF'],
    specification: manual,
    decode: (rest) => (/^[0-9A-D*#]$/i.test(rest) ? { dtmf: rest.toUpperCase() } : null),
  },
  {
    kind: 'missed-call-urc',
    names: ['MISSED_CALL'],
    specification: manual,
    decode: (rest) => (rest === '' ? null : { details: rest.slice(0, 200) }),
  },
  {
    kind: 'voice-call-urc',
    names: ['VOICE CALL'],
    specification: manual,
    decode(rest) {
      const match = /^(BEGIN|END)(?:\s*:\s*(\d{1,9}))?$/i.exec(rest);
      return match?.[1] === undefined
        ? null
        : { begin: match[1].toUpperCase() === 'BEGIN', duration: match[2] === undefined ? null : Number(match[2]) };
    },
  },
];
