import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, namedFields, signed, whole, word } from '../../readers.ts';

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

export const cpsi: readonly LineDecoder[] = [
  { kind: 'cpsi', names: ['+CPSI'], specification: 'SIMCom AT commands manuals, +CPSI', decode: systemInformation },
];
