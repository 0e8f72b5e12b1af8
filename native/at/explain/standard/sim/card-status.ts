/** What a status word of the card says (ISO/IEC 7816-4 §5.6, ETSI TS 102 221 §10.2.1); null where it says nothing in particular. */
export function statusWordMeaning(status: string): string | null {
  if (/^63C[0-9A-F]$/.test(status)) return 'verification-failed';
  return exact.get(status) ?? byFirst.get(status.slice(0, 2)) ?? null;
}

/** Attempts left, where the status tells: `63Cx`. */
export function decodeRetries(status: string): number | null {
  return /^63C[0-9A-F]$/.test(status) ? Number.parseInt(status.slice(3), 16) : null;
}

const exact: ReadonlyMap<string, string> = new Map([
  ['9000', 'success'],
  ['6300', 'verification-failed'],
  ['6700', 'wrong-length'],
  ['6881', 'logical-channel-not-supported'],
  ['6982', 'security-status-not-satisfied'],
  ['6983', 'authentication-blocked'],
  ['6984', 'reference-data-invalidated'],
  ['6985', 'conditions-not-satisfied'],
  ['6A80', 'incorrect-data'],
  ['6A81', 'function-not-supported'],
  ['6A82', 'not-found'],
  ['6A83', 'record-not-found'],
  ['6A86', 'incorrect-parameters'],
  ['6A88', 'reference-data-not-found'],
  ['6D00', 'instruction-not-supported'],
  ['6E00', 'class-not-supported'],
]);

const byFirst: ReadonlyMap<string, string> = new Map([
  ['61', 'more-data'],
  ['6C', 'repeat-with-length'],
  ['91', 'success-with-toolkit-command'],
  ['92', 'success-after-retries'],
  ['9F', 'more-data'],
]);
