import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { explainLine } from '../explain/explain-line.ts';
import type { ExplainedFields, ExplainedValue } from '../explain/explanation.ts';
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

/** The makers' ways to ask; the standard has none. */
export type RadioCellsVariant = 'quectel' | 'simcom' | 'fibocom';

const lines: Readonly<Record<RadioCellsVariant, string>> = {
  quectel: 'AT+QENG="servingcell";+QENG="neighbourcell";+QCAINFO',
  simcom: 'AT+CPSI?',
  fibocom: 'AT+GTCCINFO?;+GTCAINFO?',
};

export const radioCellsCommand: AtCommand<RadioCellsVariant, readonly RadioCell[]> = {
  name: '+QENG',
  specification: 'AT commands manuals of Quectel, SIMCom and Fibocom',
  encode: (variant) => lines[variant],
  decode(answer) {
    const explained = answer.flatMap((line) => explainLine(line, { command: commandOf(line) }) ?? []);
    if (explained.length === 0) throw answerError('+QENG', answer);
    return explained.flatMap(({ kind, value }) => {
      switch (kind) {
        case 'qeng':
          return [value, { rat: 'LTE', ...record(value['lte']) }, record(value['nr'])].flatMap((one) => cellOf(one, 'serving') ?? []);
        case 'cpsi':
          return cellOf({ ...value, rat: value['mode'] ?? null }, 'serving') ?? [];
        case 'qeng-neighbour':
        case 'gtccinfo':
          return records(value['cells']).flatMap((one) => cellOf(one, one['serving'] === true ? 'serving' : 'neighbour') ?? []);
        case 'qcainfo':
        case 'gtcainfo':
          return records(value['carriers']).flatMap((one) => secondaryOf(one) ?? []);
        default:
          return [];
      }
    });
  },
};

/** Fibocom's lines of cells have no name in front. */
function commandOf(line: string): string {
  return line.startsWith('+') ? '' : lines.fibocom;
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
    areaCode: hex(fields['tac'] ?? fields['lac']),
    cellId: hex(fields['cellId']),
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

/** The primary carrier is the serving cell, which the list of cells has. Resource blocks of LTE are 180 kHz of 200 with their guard. */
function secondaryOf(fields: ExplainedFields): RadioCell | null {
  const name = fields['role'] ?? fields['carrier'];
  if (typeof name !== 'string' || !/^SCC/i.test(name)) return null;
  const band = fields['band'];
  const rat = fields['technology'] ?? (typeof band === 'string' ? band : null);
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
  if (/^LTE/i.test(rat)) return 'eutran';
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

function firstNumber(fields: ExplainedFields, names: readonly string[]): number | null {
  return names.map((name) => fields[name]).find((value) => typeof value === 'number') ?? null;
}
