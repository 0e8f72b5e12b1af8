import { DeviceError } from '../errors.ts';
import type { AtExchange, AtRequest } from './channel-types.ts';
import { commandDeadline, commandLabel, parseCommandLine, type CommandPart } from './command-line.ts';

/** A request with everything that the channel needs to know of it. */
export type PendingCommand = {
  readonly line: string;
  /** Without arguments, for errors. */
  readonly label: string;
  readonly parts: readonly CommandPart[];
  readonly timeoutMs: number;
  readonly payload: Uint8Array | null;
  /** The modem may ask for a message. */
  readonly prompts: boolean;
  readonly signal: AbortSignal | null;
  resolve(exchange: AtExchange): void;
  reject(error: DeviceError): void;
};

const maximumLineLength = 16_000;

/** @throws DeviceError AT_ERROR where the line is not one line of text: it would be several commands, or none */
export function makePendingCommand(request: AtRequest, { resolve, reject }: Pick<PendingCommand, 'resolve' | 'reject'>): PendingCommand {
  const line = request.line.trim();
  const parts = parseCommandLine(line);
  const label = commandLabel(line, parts);
  // oxlint-disable-next-line no-control-regex -- control characters end a line or leave the command mode
  if (line === '' || line.length > maximumLineLength || /[\u0000-\u001f\u007f]/.test(line)) {
    throw new DeviceError('AT_ERROR', { command: label, result: 'not sent', reason: 'not one line of text' });
  }
  return {
    line,
    label,
    parts,
    timeoutMs: request.timeoutMs ?? commandDeadline(line, parts),
    payload: request.payload ?? null,
    prompts: request.payload !== undefined || parts.some(({ name }) => name === '+CMGS' || name === '+CMGW'),
    signal: request.signal ?? null,
    resolve,
    reject,
  };
}
