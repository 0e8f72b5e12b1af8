/** What became of a message. */
export type DeliveryOutcome =
  | 'delivered' // the recipient has it
  | 'forwarded' // the service centre passed it on and cannot tell more
  | 'replaced' // by a later message
  | 'trying' // not yet; the service centre goes on
  | 'failed'; // and the service centre has given up

/** TP-ST (TS 23.040 §9.2.3.15): what is reserved is read as "service rejected". */
export function deliveryOutcome(status: number): DeliveryOutcome {
  if (status === 0) return 'delivered';
  if (status === 1) return 'forwarded';
  if (status === 2) return 'replaced';
  // 10 to 1F are the service centre's own words for a transaction that is completed.
  if (status >= 0x10 && status <= 0x1f) return 'delivered';
  const tryingOn = (status >= 0x20 && status <= 0x25) || (status >= 0x30 && status <= 0x3f);
  return tryingOn ? 'trying' : 'failed';
}
