import { ORPCError } from '@orpc/client';
import { isErrorCode, type ErrorCode, type ErrorDetails } from '#contract/errors.ts';
import { ConnectionLostError } from './connection.ts';

/** Why something did not work, as the window shows it: a code of the one table, and the low-level values that ride along. */
export type Failure = { readonly code: ErrorCode; readonly details: ErrorDetails };

/** Reads whatever a call threw. What is not a code of the table is INTERNAL, with the message kept as a detail. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConnectionLostError) return { code: 'APPLICATION_GONE', details: {} };
  if (error instanceof ORPCError) {
    if (isErrorCode(error.code)) {
      return { code: error.code, details: readDetails(error.data) };
    }
    // What oRPC itself answers to an input that the contract refuses.
    if (error.code === 'BAD_REQUEST') return { code: 'INPUT_INVALID', details: {} };
    return { code: 'INTERNAL', details: { code: error.code } };
  }
  return { code: 'INTERNAL', details: { message: error instanceof Error ? error.message : String(error) } };
}

/** Keeps what the table allows as details: plain values under a name. The schemas of the contract would bring their whole library along. */
function readDetails(data: unknown): ErrorDetails {
  if (typeof data !== 'object' || data === null) return {};
  const details: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(data)) {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') details[name] = value;
  }
  return details;
}
