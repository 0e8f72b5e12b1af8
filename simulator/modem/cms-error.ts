/** What the modem refuses of messages (3GPP TS 27.005 §3.2.5), always as a number. */
export class CmsError extends Error {
  readonly code: 302 | 304 | 310 | 321 | 322 | 331 | 340;

  constructor(code: CmsError['code']) {
    super(`CMS ${code}`);
    this.name = 'CmsError';
    this.code = code;
  }
}
