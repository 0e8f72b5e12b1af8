import { UsageError } from '../usage-error.ts';

/** How the connection or the answer fails. */
export type ServerFaultKind =
  /** The connection ends before the request is looked at. */
  | { readonly kind: 'dropBefore' }
  /** The request is done, and the connection ends without an answer. */
  | { readonly kind: 'dropUnanswered' }
  /** The connection ends in the middle of the answer's body. */
  | { readonly kind: 'dropDuring' }
  /** The connection ends right after the whole answer. */
  | { readonly kind: 'dropAfter' }
  /** The request is not looked at; this status with a page of text. */
  | { readonly kind: 'status'; readonly status: number }
  /** The request is not looked at; a page of HTML with status 200, as a captive portal sends. */
  | { readonly kind: 'html' }
  /** Nothing is ever answered. */
  | { readonly kind: 'stall' }
  /** The request is done as usual, after a pause. */
  | { readonly kind: 'delay'; readonly milliseconds: number };

export type ServerFault = ServerFaultKind & {
  /** The n-th request since the fault was asked for, from 1; or the next request of a function by name. */
  readonly at: number | string;
};

const known = 'drop=AT[:before|:unanswered|:during|:after], status=AT:CODE, html=AT, stall=AT, delay=AT:MILLISECONDS';

/**
 * `--fault` of the servers: a list with commas. AT is the number of a request or the name of a function, as in `drop=3:during,
 * html=initiateAuthentication`. Each happens once.
 * @throws UsageError that names what it does not know
 */
export function parseServerFaults(text: string): readonly ServerFault[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseOne);
}

function parseOne(text: string): ServerFault {
  const parts = /^(drop|status|html|stall|delay)=([1-9]\d{0,5}|[A-Za-z]{1,40})(?::([a-z]+|\d{1,6}))?$/.exec(text);
  const [, kind, place = '', detail] = parts ?? [];
  const at = /^\d/.test(place) ? Number(place) : place;
  const refuse = (): UsageError => new UsageError(`Unknown fault "${text}". Known: ${known}.`);
  if (kind === 'drop') {
    const moments = { before: 'dropBefore', unanswered: 'dropUnanswered', during: 'dropDuring', after: 'dropAfter' } as const;
    const moment = detail ?? 'before';
    if (!Object.hasOwn(moments, moment)) throw refuse();
    return { at, kind: moments[moment as keyof typeof moments] };
  }
  if (kind === 'html' || kind === 'stall') {
    if (detail !== undefined) throw refuse();
    return { at, kind };
  }
  const number = /^\d+$/.test(detail ?? '') ? Number(detail) : Number.NaN;
  if (kind === 'status' && number >= 200 && number <= 599) return { at, kind, status: number };
  if (kind === 'delay' && number >= 0) return { at, kind, milliseconds: number };
  throw refuse();
}

export type ServerFaults = {
  /** Replaces what is left of the last ones; requests are counted anew. */
  set(faults: readonly ServerFault[]): void;
  /** Counts a request and takes the fault that is meant for it, if there is one. */
  take(functionName: string): ServerFaultKind | null;
};

export function makeServerFaults(first: readonly ServerFault[]): ServerFaults {
  let waiting = [...first];
  let count = 0;
  return {
    set(faults) {
      waiting = [...faults];
      count = 0;
    },
    take(functionName) {
      count += 1;
      const found = waiting.find(({ at }) => at === count || at === functionName);
      waiting = waiting.filter((fault) => fault !== found);
      return found ?? null;
    },
  };
}
