import { assertNever } from '#renderer/app/assert-never.ts';
import type { PaymentMethod } from '#contract/account/index.ts';
import { useWords } from '#renderer/i18n/words.tsx';

/** "Visa •••• 4242", "PayPal": how an order was paid. Names of brands stay as they are. */
export function usePaymentMethod(): (method: PaymentMethod) => string {
  const { t } = useWords();
  return ({ kind, brand, last4 }) => {
    switch (kind) {
      case 'paypal':
        return 'PayPal';
      case 'card': {
        const name = brand === null ? t('receipt.card') : brand.charAt(0).toUpperCase() + brand.slice(1);
        return last4 === null ? name : `${name} •••• ${last4}`;
      }
      case 'other':
        return t('receipt.other');
      default:
        return assertNever(kind);
    }
  };
}
