import { DeviceError } from '../errors.ts';
import { namedCmeError, namedCmsError } from './error-names.ts';

/**
 * The line that ends the answer to a command (ITU-T V.250 §5.7.1, 3GPP TS 27.007 §9, TS 27.005 §3.2.5). It is always a whole line:
 * looking for `OK` or `ERROR` inside one would end commands in the middle of a name or of a message.
 */
export type FinalResult =
  | { readonly kind: 'ok'; readonly line: string }
  | { readonly kind: 'connect'; readonly line: string }
  | { readonly kind: 'error'; readonly line: string }
  | { readonly kind: 'cme'; readonly line: string; readonly code: number | null; readonly name: string }
  | { readonly kind: 'cms'; readonly line: string; readonly code: number | null; readonly name: string }
  | { readonly kind: 'noCarrier'; readonly line: string };

/** Results of a call that did not come about. Some firmwares write the dial tone in two words. */
const callResults = new Set(['NO CARRIER', 'BUSY', 'NO ANSWER', 'NO DIALTONE', 'NO DIAL TONE']);
/** Vendors' own words for ERROR: several for commands they do not know, u-blox after an aborted command. */
const errorResults = new Set(['ERROR', 'COMMAND NOT SUPPORT', 'ABORTED']);

/** The final result that a line is, or null where it is something else. */
export function parseFinalResult(line: string): FinalResult | null {
  if (line === 'OK') return { kind: 'ok', line };
  if (line.startsWith('+')) return line.startsWith('+CM') ? parseNumberedError(line) : null;
  if (errorResults.has(line) || /^MODEM ERROR: \d{1,5}$/.test(line)) return { kind: 'error', line };
  if (callResults.has(line)) return { kind: 'noCarrier', line };
  return /^CONNECT(?:[ :].*)?$/.test(line) ? { kind: 'connect', line } : null;
}

function parseNumberedError(line: string): FinalResult | null {
  // An error without any text after the colon is taken for one only where the blank is there: without it the line was cut.
  const numbered = /^\+CM([ES]) ERROR:(?: (.*)|(\S.*))$/.exec(line);
  if (numbered === null) return null;
  const text = numbered[2] ?? numbered[3] ?? '';
  return numbered[1] === 'E' ? { kind: 'cme', line, ...namedCmeError(text) } : { kind: 'cms', line, ...namedCmsError(text) };
}

/**
 * The error that a final result stands for, or null where it is a success. `command` is the command's name without its arguments: those can
 * hold a PIN or an APDU.
 */
export function finalResultError(final: FinalResult, command: string): DeviceError | null {
  switch (final.kind) {
    case 'ok':
    case 'connect':
      return null;
    case 'error':
      return new DeviceError('AT_ERROR', { command, result: final.line });
    case 'cme':
      return new DeviceError('CME_ERROR', { command, code: final.code, name: final.name });
    case 'cms':
      return new DeviceError('CMS_ERROR', { command, code: final.code, name: final.name });
    case 'noCarrier':
      break;
  }
  return new DeviceError('NO_CARRIER', { command, result: final.line });
}
