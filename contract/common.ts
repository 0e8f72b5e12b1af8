import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes, errorTable, type ErrorCode } from './errors.ts';

/** UTC, ISO 8601 with milliseconds and Z. */
export const instant = z.iso.datetime({ offset: false, precision: 3 });
/** Integer minor units plus ISO 4217. */
export const money = z.object({ amountMinor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) });
export const iccid = z.string().regex(/^\d{18,20}$/);
export const language = z.enum(['en', 'zh-CN']);
/** A name that is not ours to translate in the locales: of a maker, a product, a root certificate. */
export const localizedName = z.object({ en: z.string(), 'zh-CN': z.string() });
export const period = z.enum(['month', 'quarter', 'year']);
export const errorDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export const errorCode = z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]);
/** An error as a value: what a device, a task or an order carries. */
export const problem = z.object({ code: errorCode, details: errorDetails });

export type Money = z.infer<typeof money>;
export type LocalizedName = z.infer<typeof localizedName>;
export type Language = z.infer<typeof language>;
export type Period = z.infer<typeof period>;
export type Problem = z.infer<typeof problem>;

type TypedErrors = { readonly [Code in ErrorCode]: { readonly status: number; readonly data: typeof errorDetails } };
const typedErrors = Object.fromEntries(
  errorCodes.map((code) => [code, { status: errorTable[code].status, data: errorDetails }]),
) as unknown as TypedErrors;

/** Every procedure may fail with any code of the table, with its details as `data`. */
export const procedure = oc.errors(typedErrors);
