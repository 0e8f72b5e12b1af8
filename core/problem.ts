import type { Problem } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import { isDeviceError } from '#native/errors.ts';

/** Any failure as an error of the table. What is not of the table becomes INTERNAL; its own words stay in `cause`, for the log alone. */
export function toLebError(error: unknown): LebError {
  if (error instanceof LebError) return error;
  if (isDeviceError(error)) return new LebError(error.code, error.details, { cause: error });
  return new LebError('INTERNAL', {}, { cause: error });
}

/** The same as a value, for what is carried by a device, a task or an order. */
export function toProblem(error: unknown): Problem {
  const { code, details } = toLebError(error);
  return { code, details: { ...details } };
}
