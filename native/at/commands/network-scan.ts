import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { explainLine } from '../explain/explain-line.ts';
import type { ExplainedValue } from '../explain/explanation.ts';
import { afterPrefix, fieldsOf } from '../line-fields.ts';
import { accessTechnology, type AccessTechnologyName } from './access-technology.ts';

export type ScannedNetwork = {
  readonly state: 'unknown' | 'available' | 'current' | 'forbidden';
  readonly name: string | null;
  readonly mccMnc: string; // five or six digits
  readonly technology: AccessTechnologyName | null;
};

const states: readonly ScannedNetwork['state'][] = ['unknown', 'available', 'current', 'forbidden'];

/** Every network in reach, one entry for each technology. The modem listens on all its bands, which takes minutes. */
export const networkScanCommand: AtCommand<void, readonly ScannedNetwork[]> = {
  name: '+COPS=?',
  specification: '3GPP TS 27.007 §7.3',
  encode: () => 'AT+COPS=?',
  decode(lines) {
    // Some modems that hear nothing say nothing but OK.
    return lines.flatMap((line) => {
      if (afterPrefix(line, '+COPS') === null) return [];
      const networks = explainLine(line, { command: 'AT+COPS=?' })?.value['networks'];
      return Array.isArray(networks) ? networks.flatMap((network: ExplainedValue) => scanned(network) ?? []) : [];
    });
  },
};

function scanned(network: ExplainedValue): ScannedNetwork | null {
  if (network === null || typeof network !== 'object' || !('operatorCode' in network)) return null;
  const { status, operatorLong, operatorShort, operatorCode, act } = network;
  const state = states.find((known) => known === status);
  if (state === undefined || typeof operatorCode !== 'string') return null;
  const name = [operatorLong, operatorShort].find((text) => typeof text === 'string' && text !== '' && text !== operatorCode);
  return {
    state,
    name: typeof name === 'string' ? name : null,
    mccMnc: operatorCode,
    technology: accessTechnology(typeof act === 'number' ? act : null),
  };
}

export type NetworkSelection = 'automatic' | 'manual' | 'deregistered' | 'manualThenAutomatic';
const selections: ReadonlyMap<string, NetworkSelection> = new Map([
  ['0', 'automatic'],
  ['1', 'manual'],
  ['2', 'deregistered'],
  ['4', 'manualThenAutomatic'],
]);

/** Who chooses the network. */
export const networkSelectionCommand: AtCommand<void, NetworkSelection> = {
  name: '+COPS?',
  specification: '3GPP TS 27.007 §7.3',
  encode: () => 'AT+COPS?',
  decode(lines) {
    const selection = selections.get(fieldsOf(lines, '+COPS')?.[0] ?? '');
    if (selection === undefined) throw answerError('+COPS', lines);
    return selection;
  },
};

/** Null leaves the choice to the modem; a number (MCC and MNC) is the one network to take. */
export const selectNetworkCommand: AtCommand<string | null, void> = {
  name: '+COPS=',
  specification: '3GPP TS 27.007 §7.3',
  encode: (mccMnc) => (mccMnc === null ? 'AT+COPS=0' : `AT+COPS=1,2,"${mccMnc}"`),
  decode: () => undefined,
};
