/** The bits of the first octet (TS 23.040 §9.2.3.1 to §9.2.3.7, §9.2.3.17, §9.2.3.22 to §9.2.3.28). */
export const firstOctet = {
  type: 0x03,
  /** Set: no more messages wait. */
  noMoreMessages: 0x04,
  rejectDuplicates: 0x04,
  loopPrevention: 0x08,
  validityFormat: 0x18,
  /** A report was asked for, will come, or answers a command. */
  statusReport: 0x20,
  header: 0x40,
  replyPath: 0x80,
} as const;

/** TP-MTI. */
export const typeIndicator = { deliver: 0, submit: 1, statusReport: 2 } as const;

/** The bits of the parameter indicator (§9.2.3.27). */
export const parameterBits = { protocol: 0x01, dataCoding: 0x02, userData: 0x04, extension: 0x80 } as const;
