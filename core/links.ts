import { LebError } from '#contract/errors.ts';

/** Our own addresses, by name: the window can ask for one of these and for nothing else. */
export const links = {
  hardwareGuide: 'https://leb.example/companion/hardware',
  pcscGuide: 'https://leb.example/companion/pcsc',
} as const;

/** Where a person may be sent to pay. */
const paymentHosts: ReadonlySet<string> = new Set(['checkout.stripe.com']);
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Checks the address of a hosted payment page before it leaves for the browser.
 * @param trial whether the account service is the embedded one, whose stand-in for the provider serves its page on this machine
 * @throws LebError SERVICE_ANSWER with details.host where the service names a place that is not a payment page
 */
export function checkedPaymentPage(address: string, trial: boolean): string {
  const url = URL.parse(address);
  const known = url !== null && url.protocol === 'https:' && paymentHosts.has(url.hostname) && url.port === '' && url.username === '';
  const standIn = url !== null && trial && url.protocol === 'http:' && loopback.has(url.hostname);
  if (!known && !standIn) throw new LebError('SERVICE_ANSWER', { host: url?.host ?? 'unreadable' });
  return url.href;
}
