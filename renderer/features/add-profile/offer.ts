import type { ActivationCode, ProfileSource } from '#contract/desk/devices.ts';

/** What a way of entry has come to: where the profile would come from. */
export type Offer = {
  readonly source: ProfileSource;
  /** What stands in the code; null where the chip's EID alone is the order. */
  readonly code: ActivationCode | null;
  readonly server: string;
  readonly confirmationCode?: string;
};

export function offerOfCode(code: ActivationCode, confirmationCode = ''): Offer {
  return {
    source: { kind: 'activationCode', text: code.text },
    code,
    server: code.smdpAddress,
    ...(confirmationCode === '' ? {} : { confirmationCode }),
  };
}
