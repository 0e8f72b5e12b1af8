import { assertNever } from '#renderer/app/assert-never.ts';
import type { ReactNode } from 'react';
import type { Renewal } from '#contract/desk/account.ts';
import { useRenewal } from '#renderer/app/desk.tsx';
import { Screen } from '#renderer/app/screen.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { ClosedOrder } from './closed-order.tsx';
import { PaymentFailed } from './payment-failed.tsx';
import { screenOf } from './phase.ts';
import { RenewalResult } from './renewal-result.tsx';
import { WaitingForPayment } from './waiting-for-payment.tsx';
import './renewal.css';

/** One renewal from the opened payment page to the result; what is shown follows what the application reports, never a timer. */
export function RenewalScreen({ orderId }: { readonly orderId: string }): ReactNode {
  const { t } = useWords();
  const { value, failure } = useRenewal(orderId);
  const phase = value === null ? null : screenOf(value.phase);
  const title = phase === 'waiting' || phase === 'failed' ? t('renewal.paymentTitle') : t('renewal.title');
  return (
    <Screen
      name={`renewal-${phase ?? 'reading'}`}
      title={title}
      sub={value?.order.number}
      back={{ path: '/plan', label: t('frame.short.plan') }}
    >
      {value !== null ? <Phase renewal={value} /> : <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>}
    </Screen>
  );
}

function Phase({ renewal }: { readonly renewal: Renewal }): ReactNode {
  const screen = screenOf(renewal.phase);
  switch (screen) {
    case 'waiting':
      return <WaitingForPayment renewal={renewal} />;
    case 'failed':
      return <PaymentFailed renewal={renewal} />;
    case 'result':
      return <RenewalResult renewal={renewal} />;
    case 'closed':
      return <ClosedOrder renewal={renewal} />;
    default:
      return assertNever(screen);
  }
}
