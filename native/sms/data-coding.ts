/** How user data is coded (TS 23.038 §4). */
export type SmsAlphabet = 'gsm7' | 'data8' | 'ucs2';

export type WaitingKind = 'voicemail' | 'fax' | 'email' | 'other';

export type DataCoding = {
  /** TP-DCS as it stands on the wire. */
  readonly octet: number;
  readonly alphabet: SmsAlphabet;
  readonly compressed: boolean;
  /** 0 shown at once and not kept, 1 for the phone, 2 for the SIM, 3 for the terminal equipment. */
  readonly messageClass: number | null;
  /** Marked for deletion once it is read. */
  readonly automaticDeletion: boolean;
  /** Messages wait elsewhere, or (not active) none do any more; `discard`: this one need not be kept. */
  readonly waiting: { readonly kind: WaitingKind; readonly active: boolean; readonly discard: boolean } | null;
  /** A group that is reserved: read as the default alphabet, as §4 says, and not to be sent. */
  readonly reserved: boolean;
};

const waitingKinds = ['voicemail', 'fax', 'email', 'other'] as const;

export function decodeDataCoding(octet: number): DataCoding {
  const plain: DataCoding = {
    octet,
    alphabet: 'gsm7',
    compressed: false,
    messageClass: null,
    automaticDeletion: false,
    waiting: null,
    reserved: false,
  };
  const group = octet >> 4;
  if (group < 8) {
    return {
      ...plain,
      // The fourth value is reserved, and read as the default alphabet.
      alphabet: (['gsm7', 'data8', 'ucs2', 'gsm7'] as const)[(octet >> 2) & 3] ?? 'gsm7',
      compressed: (octet & 0x20) !== 0,
      messageClass: (octet & 0x10) === 0 ? null : octet & 3,
      automaticDeletion: group >= 4,
    };
  }
  if (group < 0xc) return { ...plain, reserved: true };
  if (group === 0xf) return { ...plain, alphabet: (octet & 4) === 0 ? 'gsm7' : 'data8', messageClass: octet & 3 };
  return {
    ...plain,
    alphabet: group === 0xe ? 'ucs2' : 'gsm7',
    waiting: { kind: waitingKinds[octet & 3] ?? 'other', active: (octet & 8) !== 0, discard: group === 0xc },
  };
}

/** The TP-DCS of the general group for what we send. */
export function dataCodingOf(alphabet: SmsAlphabet, messageClass: number | null = null): DataCoding {
  const bits = { gsm7: 0, data8: 4, ucs2: 8 }[alphabet];
  return decodeDataCoding(messageClass === null ? bits : 0x10 | bits | (messageClass & 3));
}
