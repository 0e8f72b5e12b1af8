import { answerError } from '../answer-error.ts';
import { explainLine } from '../explain/explain-line.ts';
import type { ExplainedFields, ExplainedValue, Explanation } from '../explain/explanation.ts';
import type { AccessTechnologyName } from './access-technology.ts';
import { record, records } from './radio/explained.ts';

/** A cell that the modem hears; null where it does not say. */
export type RadioCell = {
  /** secondary: a further carrier beside the serving one (carrier aggregation). */
  readonly role: 'serving' | 'secondary' | 'neighbour';
  readonly technology: AccessTechnologyName | null;
  readonly mccMnc: string | null;
  readonly areaCode: string | null; // upper-case hex
  readonly cellId: string | null; // upper-case hex
  readonly pci: number | null; // physical cell identity
  readonly band: string | null; // B3, n78, U1
  readonly channel: number | null; // EARFCN, NR-ARFCN, UARFCN or ARFCN
  readonly bandwidthMHz: number | null;
  readonly rssi: number | null; // dBm
  readonly rsrp: number | null; // dBm
  readonly rsrq: number | null; // dB
  readonly sinr: number | null; // dB
};

/** A maker's way to the cells; the standard has none. */
export type RadioCellsWay = {
  readonly line: string;
  readonly specification: string;
  /** @throws DeviceError AT_ANSWER where nothing can be read; no cell while the modem searches */
  decode(lines: readonly string[]): readonly RadioCell[];
};

function cellsWay(line: string, specification: string): RadioCellsWay {
  return {
    line,
    specification,
    decode(lines) {
      const explained = lines.flatMap((one) => explainLine(one, { command: line }) ?? []);
      if (explained.length === 0) throw answerError(line.slice(2), lines);
      return [...explained.flatMap(cellsOf), ...cellOnManyLines(explained)];
    },
  };
}

export const quectelCells = cellsWay(
  'AT+QENG="servingcell";+QENG="neighbourcell";+QCAINFO',
  'Quectel AT commands manuals, AT+QENG, AT+QCAINFO',
);
export const simcomCells = cellsWay('AT+CPSI?', 'SIMCom AT commands manuals, AT+CPSI');
export const fibocomCells = cellsWay('AT+GTCCINFO?;+GTCAINFO?', 'Fibocom AT commands manuals, AT+GTCCINFO, AT+GTCAINFO');
export const intelCells = cellsWay('AT+XMCI=1', 'Fibocom L8 family AT commands manual, AT+XMCI');
export const huaweiCells = cellsWay('AT^MONSC;^MONNC', 'Huawei AT command interface specification, AT^MONSC, AT^MONNC');
export const sierraCells = cellsWay('AT!GSTATUS?', 'Sierra Wireless EM74xx and MC74xx AT command reference, AT!GSTATUS');
export const telitCells = cellsWay('AT#RFSTS', 'Telit AT commands reference guide, AT#RFSTS');
/** The report has to be chosen first; nothing comes by itself because of it. */
export const ubloxCells = cellsWay('AT+UCGED=2;+UCGED?', 'u-blox cellular modules AT commands manual, +UCGED');
export const nordicCells = cellsWay('AT%XMONITOR', 'Nordic nRF91x1 AT commands reference guide, %XMONITOR');

function cellsOf({ kind, value }: Explanation): readonly RadioCell[] {
  switch (kind) {
    case 'qeng':
      return [value, { rat: 'LTE', ...record(value['lte']) }, record(value['nr'])].flatMap((one) => cellOf(one, 'serving') ?? []);
    case 'cpsi':
      return present(cellOf({ ...value, rat: value['mode'] ?? null }, 'serving'));
    case 'monsc':
    case 'rfsts':
      return present(cellOf(value, 'serving'));
    case 'nrf-xmonitor':
      return present(cellOf(nordicFields(value), 'serving'));
    case 'qeng-neighbour':
    case 'gtccinfo':
    case 'monnc':
    case 'xmci':
      return records(value['cells']).flatMap((one) => cellOf(one, one['serving'] === true ? 'serving' : 'neighbour') ?? []);
    case 'qcainfo':
    case 'gtcainfo':
      return records(value['carriers']).flatMap((one) => secondaryOf(one) ?? []);
    default:
      return [];
  }
}

/** Two makers tell of one cell on many lines. */
function cellOnManyLines(explained: readonly Explanation[]): readonly RadioCell[] {
  const fields: ExplainedFields = Object.assign(
    {},
    ...explained.filter(({ kind }) => kind === 'gstatus' || kind === 'ucged').map(({ value }) => value),
  );
  const { systemMode, secondaryBand, secondaryEarfcn, secondaryRsrp, secondaryBandwidthMHz } = fields;
  const second = { rat: 'LTE', band: secondaryBand ?? null, earfcn: secondaryEarfcn ?? null, rsrp: secondaryRsrp ?? null };
  return [
    ...present(cellOf({ ...fields, rat: fields['rat'] ?? systemMode ?? null }, 'serving')),
    ...present(cellOf({ ...second, dlBandwidthMHz: secondaryBandwidthMHz ?? null }, 'secondary')),
  ];
}

function present(cell: RadioCell | null): readonly RadioCell[] {
  return cell === null ? [] : [cell];
}

/** What is LTE for the standard is LTE-M here: these modems have nothing else. */
function nordicFields({ technology, plmn, tac, cellId, physicalCellId, band, earfcn, rsrpDbm, snrDb }: ExplainedFields): ExplainedFields {
  const number = typeof plmn === 'string' ? plmn : '';
  const place = { mcc: number === '' ? null : number.slice(0, 3), mnc: number === '' ? null : number.slice(3) };
  const cell = { tac: tac ?? null, cellId: cellId ?? null, pci: physicalCellId ?? null, band: band ?? null, earfcn: earfcn ?? null };
  return { rat: technology === 'lte' ? 'CAT-M' : (technology ?? null), ...place, ...cell, rsrp: rsrpDbm ?? null, sinr: snrDb ?? null };
}

function cellOf(fields: ExplainedFields, role: RadioCell['role']): RadioCell | null {
  const technology = technologyOf(fields['rat'] ?? null);
  const channel = firstNumber(fields, ['earfcn', 'arfcn', 'uarfcn', 'channel']);
  const pci = firstNumber(fields, ['pci', 'psc']);
  // The state alone ("searching") is no cell.
  if (channel === null && pci === null && (fields['cellId'] ?? null) === null) return null;
  const [mcc, mnc] = [fields['mcc'], fields['mnc']];
  return {
    role,
    technology,
    mccMnc: typeof mcc === 'string' && typeof mnc === 'string' ? `${mcc}${mnc}` : null,
    areaCode: known(hex(fields['tac'] ?? fields['lac'])),
    cellId: known(hex(fields['cellId'])),
    pci,
    band: bandName(fields['band'], technology),
    channel,
    bandwidthMHz: firstNumber(fields, ['dlBandwidthMHz']),
    rssi: firstNumber(fields, ['rssi']),
    rsrp: firstNumber(fields, ['rsrp']),
    rsrq: firstNumber(fields, ['rsrq']),
    sinr: firstNumber(fields, ['sinr']),
  };
}

/** The primary carrier is the serving cell, which the list of cells has. Five resource blocks of LTE are a megahertz, with their guard. */
function secondaryOf(fields: ExplainedFields): RadioCell | null {
  const name = fields['role'] ?? fields['carrier'];
  if (typeof name !== 'string' || !/^SCC/i.test(name)) return null;
  const rat = fields['technology'] ?? fields['band'] ?? null;
  const blocks = fields['bandwidth'];
  const isLte = technologyOf(rat) === 'eutran';
  const dlBandwidthMHz = fields['dlBandwidthMHz'] ?? (isLte && typeof blocks === 'number' ? (blocks === 6 ? 1.4 : blocks / 5) : null);
  return cellOf({ ...fields, rat, dlBandwidthMHz }, 'secondary');
}

function technologyOf(rat: ExplainedValue): AccessTechnologyName | null {
  if (typeof rat !== 'string') return null;
  if (/^NR/i.test(rat)) return 'nr';
  if (/NB-?IOT/i.test(rat)) return 'nbIot';
  if (/^(?:CAT-?M|EMTC)/i.test(rat)) return 'ltem';
  if (/^(?:LTE|ENDC)/i.test(rat)) return 'eutran';
  if (/^(?:WCDMA|UMTS|HSPA)/i.test(rat)) return 'utran';
  return /^GSM/i.test(rat) ? 'gsm' : 'unknown';
}

/** Some write the band as a number, others in words: EUTRAN-BAND3, NR5G_BAND78. */
function bandName(band: ExplainedValue | undefined, technology: AccessTechnologyName | null): string | null {
  const number = typeof band === 'number' ? String(band) : typeof band === 'string' ? /(\d{1,3})$/.exec(band)?.[1] : undefined;
  if (number === undefined) return null;
  return `${technology === 'nr' ? 'n' : technology === 'utran' ? 'U' : 'B'}${Number(number)}`;
}

function hex(value: ExplainedValue | undefined): string | null {
  if (typeof value === 'number') return value.toString(16).toUpperCase();
  return typeof value === 'string' && value !== '' ? value.toUpperCase() : null;
}

/** All ones stand for a place that the modem has not read. */
function known(place: string | null): string | null {
  return place === null || /^0*F{3,}[EF]$/.test(place) ? null : place;
}

function firstNumber(fields: ExplainedFields, names: readonly string[]): number | null {
  return names.map((name) => fields[name]).find((value) => typeof value === 'number') ?? null;
}
