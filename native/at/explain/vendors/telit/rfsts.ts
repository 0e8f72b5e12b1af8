import { splitFields } from '../../../line-fields.ts';
import { bandOfChannel } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, whole } from '../../readers.ts';

/**
 * LTE: `"<mcc> <mnc>",<earfcn>,<rsrp>,<rssi>,<rsrq>,<tac>,…,<cell>,"<imsi>",…`. What stands between the area and the cell differs from model to model;
 * in UMTS and GSM the third and the fourth place are no levels.
 */
function networkStatus(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const [plmn = '', channel = '', rsrp = '', rssi = '', rsrq = '', tac = ''] = fields;
  const isLte = [rsrp, rssi].every((level) => /^-\d{2,3}$/.test(level)) && /^-?\d{1,2}(?:\.\d)?$/.test(rsrq);
  const earfcn = whole(channel);
  if (!isLte || earfcn === null) return null;
  const [mcc = '', mnc = ''] = plmn.split(' ');
  const imsi = fields.findIndex((field, index) => index > 6 && /^\d{15}$/.test(field));
  return {
    rat: 'LTE',
    mcc: mcc === '' ? null : mcc,
    mnc: mnc === '' ? null : mnc,
    earfcn,
    band: bandOfChannel('LTE', earfcn),
    rsrp: Number(rsrp),
    rssi: Number(rssi),
    rsrq: Number(rsrq),
    tac: hexDigits(tac),
    cellId: imsi < 0 ? null : hexDigits(fields[imsi - 1] ?? ''),
  };
}

export const rfsts: readonly LineDecoder[] = [
  {
    kind: 'rfsts',
    names: ['#RFSTS'],
    specification: 'Telit AT commands reference guide, #RFSTS',
    decode: networkStatus,
  },
];
