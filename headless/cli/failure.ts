import { errorTable, isErrorCode, LebError, type ErrorDetails } from '#contract/errors.ts';
import { toLebError } from '#core/problem.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

export type Failure = {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details: ErrorDetails;
  readonly exit: number;
};

/** What a failed command shows: the sentence and the remedy of the table, the low-level facts beside them. */
export function toFailure(error: unknown, words: Words): Failure {
  if (error instanceof UsageError) {
    const { exit } = errorTable.INPUT_INVALID;
    return { code: 'INPUT_INVALID', message: error.message, remedy: words.say('usage.remedy'), details: {}, exit };
  }
  const known = toTableError(error);
  const { sentence, remedy } = words.error(known.code, known.details);
  return { code: known.code, message: sentence, remedy, details: known.details, exit: errorTable[known.code].exit };
}

/**
 * The router's errors carry a code of the table and its details as `data`. They are known by their shape: the terminal that only shows its
 * help does not load the router for that.
 */
export function toTableError(error: unknown): LebError {
  if (error instanceof Error && !(error instanceof LebError) && 'code' in error && isErrorCode(error.code) && 'data' in error) {
    return new LebError(error.code, toDetails(error.data), { cause: error });
  }
  return toLebError(error);
}

function toDetails(data: unknown): ErrorDetails {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).filter(
      (entry): entry is [string, ErrorDetails[string]] => entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  );
}
