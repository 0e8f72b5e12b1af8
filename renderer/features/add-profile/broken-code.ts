import type { ErrorDetails } from '#contract/errors.ts';

const parts = ['form', 'version', 'address', 'matchingId', 'smdpOid', 'confirmationCodeFlag', 'length'] as const;
export type CodePart = (typeof parts)[number];
/** What was read up to the place where it stops being an activation code, the part that is wrong, and what comes after it. */
export type BrokenCode = { readonly part: CodePart; readonly before: string; readonly wrong: string; readonly after: string };

/**
 * Finds the place in a text that the details of ACTIVATION_CODE_INVALID name. The place is counted in the text as the application read it:
 * without blanks, and from `LPA:` or `1$` on where it stands in a longer message.
 */
export function breakCode(text: string, details: ErrorDetails): BrokenCode {
  const packed = text.replaceAll(/[\s\p{Cf}\p{Cc}]+/gu, '');
  const part = parts.find((known) => known === details['part']) ?? 'form';
  const at = typeof details['at'] === 'number' ? Math.min(Math.max(details['at'], 0), packed.length) : packed.length;
  const end = packed.indexOf('$', at);
  const wrong = part === 'length' ? packed.slice(at) : packed.slice(at, end === -1 ? packed.length : end);
  return { part, before: packed.slice(0, at), wrong, after: packed.slice(at + wrong.length) };
}
