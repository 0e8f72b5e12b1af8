import type { AtCommand } from '../command.ts';
import { answerError } from '../answer-error.ts';
import { afterPrefix, fieldsOf, wholeNumber } from '../line-fields.ts';

/** PDU mode: in text mode a line of a message can look like the end of an answer. */
export const messageFormatCommand: AtCommand<void, void> = {
  name: '+CMGF',
  specification: '3GPP TS 27.005 §3.2.3',
  encode: () => 'AT+CMGF=0',
  decode: () => undefined,
};

/**
 * How the modem tells of messages: stored ones by their place (`mt` 1), so that none is lost when nobody listens; reports directly (`ds` 1), by
 * their place (2) or not at all (0).
 */
export const messageNewsCommand: AtCommand<{ readonly mode: 1 | 2; readonly reports: 0 | 1 | 2 }, void> = {
  name: '+CNMI',
  specification: '3GPP TS 27.005 §3.4.1',
  encode: ({ mode, reports }) => `AT+CNMI=${mode},1,0,${reports},0`,
  decode: () => undefined,
};

/** Whether what comes directly has to be acknowledged: phase 2+ of the message service. */
export const messageServiceCommand: AtCommand<void, 'plain' | 'acknowledged'> = {
  name: '+CSMS?',
  specification: '3GPP TS 27.005 §3.2.1',
  encode: () => 'AT+CSMS?',
  decode(lines) {
    const service = wholeNumber(fieldsOf(lines, '+CSMS')?.[0]);
    if (service === null) throw answerError('+CSMS', lines);
    return service === 1 ? 'acknowledged' : 'plain';
  },
};

/** Tells the network that what came directly has arrived; without it, it is sent again. */
export const acknowledgeMessageCommand: AtCommand<void, void> = {
  name: '+CNMA',
  specification: '3GPP TS 27.005 §3.4.4',
  encode: () => 'AT+CNMA',
  decode: () => undefined,
};

/** Which storages can be read: SM on the SIM, ME in the modem, SR for reports. */
export const messageStoragesCommand: AtCommand<void, readonly string[]> = {
  name: '+CPMS=?',
  specification: '3GPP TS 27.005 §3.2.2',
  encode: () => 'AT+CPMS=?',
  decode(lines) {
    for (const line of lines) {
      // The first list is that of the storages that are read from; some firmwares leave the brackets out where it has one entry.
      const first = /^\(([^)]*)\)|^("[A-Z]{2}")/.exec(afterPrefix(line, '+CPMS') ?? '');
      if (first !== null) return [...(first[1] ?? first[2] ?? '').matchAll(/"([A-Z]{2})"/g)].map(([, name]) => name ?? '');
    }
    throw answerError('+CPMS', lines);
  },
};

export type StorageFill = { readonly used: number; readonly total: number };

/** Chooses the storage that is read and deleted from; where new messages go stays as it is. */
export const chooseStorageCommand: AtCommand<string, StorageFill> = {
  name: '+CPMS',
  specification: '3GPP TS 27.005 §3.2.2',
  encode: (storage) => `AT+CPMS="${storage}"`,
  decode(lines) {
    const [used, total] = (fieldsOf(lines, '+CPMS') ?? []).map(wholeNumber);
    if (typeof used !== 'number' || typeof total !== 'number') throw answerError('+CPMS', lines);
    return { used, total };
  },
};
