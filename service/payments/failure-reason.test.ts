import { expect, test } from 'vitest';
import { failureReason } from './failure-reason.ts';

test.each([
  ['card_error', 'card_declined', 'insufficient_funds', 'card', 'insufficientFunds'],
  ['card_error', 'card_declined', 'generic_decline', 'card', 'declined'],
  ['card_error', 'card_declined', 'do_not_honor', 'card', 'declined'],
  ['card_error', 'card_declined', 'lost_card', 'card', 'declined'],
  ['card_error', 'expired_card', 'expired_card', 'card', 'expiredCard'],
  ['card_error', 'incorrect_cvc', 'incorrect_cvc', 'card', 'declined'],
  ['card_error', 'card_declined', 'authentication_required', 'card', 'authenticationFailed'],
  ['invalid_request_error', 'payment_intent_authentication_failure', null, 'card', 'authenticationFailed'],
  ['card_error', 'processing_error', 'processing_error', 'card', 'provider'],
  ['api_error', null, null, null, 'provider'],
  ['invalid_request_error', 'payment_method_customer_decline', null, 'paypal', 'cancelled'],
  ['invalid_request_error', 'payment_method_provider_decline', null, 'paypal', 'paypalRefused'],
  ['card_error', 'something_new', null, 'card', 'declined'],
] as const)('%s %s %s by %s: %s', (type, code, declineCode, methodType, reason) => {
  expect(failureReason({ type, code, declineCode, methodType })).toBe(reason);
});
