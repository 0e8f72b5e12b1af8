import type { PaymentFailure } from '#contract/errors.ts';

/** What Stripe says of an attempt that did not go through (`payment_intent.last_payment_error`). */
export type PaymentError = {
  readonly type: string;
  readonly code: string | null;
  readonly declineCode: string | null;
  readonly methodType: string | null; // 'card', 'paypal'
};

/**
 * Stripe's error and decline codes (docs.stripe.com/error-codes, docs.stripe.com/declines/codes) in the few words that a person can act on.
 * The bank's own reason wins over Stripe's summary of it; what is not listed is "declined".
 */
export function failureReason(error: PaymentError): PaymentFailure {
  if (error.code === 'payment_method_customer_decline') return 'cancelled';
  switch (error.declineCode ?? error.code) {
    case 'insufficient_funds':
    case 'withdrawal_count_limit_exceeded':
    case 'card_velocity_exceeded':
    case 'balance_insufficient':
      return 'insufficientFunds';
    case 'expired_card':
    case 'expired_payment_method':
    case 'invalid_expiry_month':
    case 'invalid_expiry_year':
      return 'expiredCard';
    case 'authentication_required':
    case 'authentication_not_handled':
    case 'authentication_failure':
    case 'mobile_device_authentication_required':
    case 'payment_intent_authentication_failure':
    case 'three_d_secure_authentication_not_supported':
      return 'authenticationFailed';
    default:
      break;
  }
  if (error.methodType === 'paypal') return 'paypalRefused';
  if (error.code === 'processing_error' || error.declineCode === 'processing_error' || error.type === 'api_error') return 'provider';
  return 'declined';
}
