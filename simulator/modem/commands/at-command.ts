import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';

/** Lines before the final result, or an error by name. @throws CmeError */
export type AtHandler = (modem: ModemContext, parameters: readonly string[]) => readonly string[];

/** One extended command: what it does in each of its forms. A form that is left out is answered with "not supported". */
export type AtCommand = {
  readonly name: string;
  readonly execute?: AtHandler;
  readonly read?: AtHandler;
  readonly set?: AtHandler;
  /** Answers `=?`. Null: with nothing at all, not even a final result. */
  readonly test?: (...given: Parameters<AtHandler>) => readonly string[] | null;
  /** The modem prompts after the set form, and this is done with what is typed then. */
  readonly message?: (modem: ModemContext, parameters: readonly string[], text: string) => readonly string[];
  /** How long a form takes, in milliseconds of the modem's time; one that is left out takes none. */
  readonly takes?: { readonly [form in 'execute' | 'read' | 'set' | 'test' | 'message']?: number };
  /** What a form takes beside that. */
  readonly takesMore?: (modem: ModemContext, form: 'execute' | 'read' | 'set' | 'test', parameters: readonly string[]) => number;
};

/** One value out of a list. @throws CmeError 50 */
export function choose<T extends number | string>(text: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((value) => String(value) === text);
  if (found === undefined) throw new CmeError(50);
  return found;
}

/** @throws CmeError 50 where it is no number from 0 to `most` */
export function readNumber(text: string | undefined, most: number): number {
  const value = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value > most) throw new CmeError(50);
  return value;
}
