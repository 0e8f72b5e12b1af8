/** Status words that the card answers with (ISO/IEC 7816-4 §5.6, ETSI TS 102 221 §10.2). */
export const statusWords = {
  ok: 0x9000,
  memoryFailure: 0x6581,
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  chainingNotSupported: 0x6884,
  conditionsNotSatisfied: 0x6985,
  noCurrentFile: 0x6986,
  applicationHeld: 0x6999,
  wrongData: 0x6a80,
  noFreeChannel: 0x6a81,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongParameters: 0x6a86,
  referencedDataNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  wrongInstruction: 0x6d00,
  wrongClass: 0x6e00,
} as const;

/** Ends the command with this status word and no data. */
export class StatusWordError extends Error {
  readonly statusWord: number;

  constructor(statusWord: number) {
    super(`status word ${statusWord.toString(16)}`);
    this.name = 'StatusWordError';
    this.statusWord = statusWord;
  }
}
