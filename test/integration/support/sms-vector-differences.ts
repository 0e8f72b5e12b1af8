/** Fields that say something about the vector and not about the message, or ask for a text to be altered until it fits. */
export const unaskedFields: ReadonlySet<string> = new Set(['timestampRaw', 'lenient', 'problem', 'encodeTranslit']);

/** Where we differ and stay so, by what 3GPP writes. */
export const acceptedDifferences: readonly { readonly ids: RegExp; readonly reason: string }[] = [
  {
    ids: /^sms-dcs-0(?:3[6-9]|[4-8]\d|9[0-6])$/,
    reason: 'TS 23.038 §4: a receiver takes reserved codings (8x to Bx) for the default alphabet; refusing them would lose the text',
  },
  {
    ids: /^(?:sms-201|sms-tpdu-061|sms-tpdu-052)$/,
    reason: 'TS 23.040 §9.2.3.11: a digit of a time that is not decimal counts as 0; it does not make the message unreadable',
  },
  {
    ids: /^(?:sms-018|sms-pdu-019)$/,
    reason: 'TS 23.040 §9.2.3.16: where TP-UDL is 0 there is no TP-UD, so there is no header to miss; another suite wants just this read',
  },
  {
    ids: /^cmgr-pdu-035$/,
    reason: 'TS 23.040 §9.2.3.16: the user data is two octets shorter than TP-UDL; three other suites want just this refused',
  },
  { ids: /^sms-075$/, reason: 'TS 23.038 §4: 8 bit data is what its program makes of it, and no text; it is given as octets' },
  { ids: /^sms-077$/, reason: 'TS 23.040 §9.1.2.3: the semi-octet 1011 is #' },
  {
    ids: /^(?:sms-079|sms-pdu-099)$/,
    reason: 'TS 23.040 §9.2.2.3: a status report has no text; its number is the recipient, and its time is local and not UTC',
  },
  {
    ids: /^(?:sms-134|sms-tpdu-encode-023)$/,
    reason:
      'TS 23.040 §9.2.3.3: TP-VPF tells that a validity period is there; without it the period would be read as the length of the text',
  },
  {
    ids: /^sms-submit-010$/,
    reason: 'TS 23.040 §9.2.3.25, §9.2.3.5: what was asked for is bit 2, TP-RD; the vector has bit 5, TP-SRR',
  },
  {
    ids: /^(?:sms-address-encode-012|sms-address-decode-020)$/,
    reason: 'TS 23.040 §9.1.2.5, TS 23.038 §6.2.1.1: a name is of the default alphabet, to which its extension table belongs',
  },
  {
    ids: /^(?:sms-address-decode-016|sms-address-decode-019)$/,
    reason: 'TS 23.040 §9.1.2.3: 1111 is fill and no digit, and the length tells how many digits there are; the fill itself says nothing',
  },
  {
    ids: /^sms-userdata-decode-010$/,
    reason: 'TS 23.038 §6.2.1.2.4: the header names the table; the vector is of a reader whose national tables are switched off',
  },
  {
    ids: /^(?:sms-reassemble-01[01]|ucs2-009)$/,
    reason:
      'TS 23.038 §6.2.3 gives two octets to a character: a half one at the end is left out or shown as replaced, and the rest is read',
  },
];
