/** Errors that the modem names (3GPP TS 27.007 §9.2), with the words of `AT+CMEE=2`. */
const texts = {
  3: 'Operation not allowed',
  4: 'Operation not supported',
  10: 'SIM not inserted',
  11: 'SIM PIN required',
  12: 'SIM PUK required',
  13: 'SIM failure',
  14: 'SIM busy',
  16: 'Incorrect password',
  21: 'Invalid index',
  22: 'Not found',
  30: 'No network service',
  50: 'Incorrect parameters',
  100: 'Unknown error',
  151: 'Last PDN disconnection not allowed',
} as const;

export type CmeCode = keyof typeof texts;

export class CmeError extends Error {
  readonly code: CmeCode;

  constructor(code: CmeCode) {
    super(texts[code]);
    this.name = 'CmeError';
    this.code = code;
  }
}

/** The final line, as `AT+CMEE` wants it. */
export function formatCmeError(code: CmeCode, cmee: 0 | 1 | 2): string {
  if (cmee === 0) return 'ERROR';
  return `+CME ERROR: ${cmee === 1 ? code : texts[code]}`;
}
