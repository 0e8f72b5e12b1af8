import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Line, Order } from '#contract/account/index.ts';
import type { AccountSnapshot } from '#contract/desk/account.ts';
import { useDesk, useOutbox } from '#renderer/app/desk.tsx';
import { pathOfNotifications, pathOfOrder } from '#renderer/app/navigation.ts';
import { useAction } from '#renderer/app/use-action.ts';
import { overdueEntries } from '#renderer/features/notifications/notification-rows.ts';
import { orderBeingApplied, unfinishedOrder } from '#renderer/features/renewal/phase.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { shareLeft, timeLeft } from './plan-figures.ts';

/** The one banner of Home: the most urgent wins, the others wait. Money that is on its way, an order that waits, stale figures, little left, providers not told. */
export function AttentionBanner(props: {
  readonly account: AccountSnapshot;
  readonly line: Line | null;
  readonly now: Date;
  readonly onRetry: () => void;
}): ReactNode {
  const { t, format, explain } = useWords();
  const [, navigate] = useLocation();
  const { account, line, now } = props;
  const applying = orderBeingApplied(account.orders);
  if (applying !== null) {
    return (
      <Banner
        tone="info"
        icon="refresh"
        title={t('home.banner.applying')}
        actions={<Button size="compact" label={t('home.banner.watch')} onClick={() => navigate(pathOfOrder(applying.orderId))} />}
      >
        {t('home.banner.applyingText', { number: applying.number })}
      </Banner>
    );
  }
  const open = unfinishedOrder(account.orders, now);
  if (open !== null) return <UnfinishedOrder order={open} />;
  if (account.problem !== null && account.asOf !== null) {
    return (
      <Banner
        tone="warn"
        icon="clock"
        title={t('home.banner.stale', { time: format.moment(account.asOf) })}
        actions={<Button size="compact" label={t('ui.tryAgain')} onClick={props.onRetry} />}
      >
        {explain(account.problem).sentence}
      </Banner>
    );
  }
  if (line === null) return <Untold now={now} />;
  const time = timeLeft(line, now);
  // The screen of an ended plan says it all.
  if (time?.ended === true) return null;
  const renew = <Button size="compact" label={t('home.renew')} onClick={() => navigate('/plan')} />;
  if (time !== null && time.days <= 7 && line.validUntil !== null) {
    return (
      <Banner
        tone="warn"
        icon="clock"
        title={time.days <= 0 ? t('home.banner.endsToday') : t('home.banner.endsIn', { count: time.days })}
        actions={renew}
      >
        {t('home.banner.endsText', { date: format.date(line.validUntil) })}
      </Banner>
    );
  }
  const share = line.data.unlimited ? null : shareLeft(line.data);
  if (share !== null && share <= 0.2 && line.data.left !== null) {
    return (
      <Banner tone="warn" icon="warn" title={t('home.banner.dataLow', { percent: Math.floor((1 - share) * 100) })} actions={renew}>
        {line.data.left === 0 ? null : t('home.banner.dataLowText', { amount: format.size(line.data.left) })}
      </Banner>
    );
  }
  return <Untold now={now} />;
}

function UnfinishedOrder({ order }: { readonly order: Order }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const discard = useAction(() => desk.client.renewal.cancel({ orderId: order.orderId }));
  return (
    <>
      <Banner
        tone="info"
        icon="receipt"
        title={t('home.banner.unfinished', { period: t(`period.${order.quote.period}`), total: format.money(order.quote.total) })}
        actions={
          <>
            <Button
              kind="ghost"
              size="compact"
              label={t('home.banner.discard')}
              working={discard.running}
              onClick={() => void discard.run()}
            />
            <Button size="compact" label={t('home.banner.continue')} onClick={() => navigate(pathOfOrder(order.orderId))} />
          </>
        }
      >
        {t('home.banner.unfinishedText', { time: format.moment(order.expiresAt) })}
      </Banner>
      <FailureNote failure={discard.failure} />
    </>
  );
}

/** What providers should have been told long ago: the least urgent of all, and only when it does not go away by itself. */
function Untold({ now }: { readonly now: Date }): ReactNode {
  const { t, format } = useWords();
  const [, navigate] = useLocation();
  const overdue = overdueEntries(useOutbox().value ?? [], now);
  const [oldest] = overdue;
  if (oldest === undefined) return null;
  return (
    <Banner
      tone="warn"
      icon="send"
      title={t('home.banner.untold', { count: overdue.length })}
      actions={<Button size="compact" label={t('home.banner.untoldLook')} onClick={() => navigate(pathOfNotifications)} />}
    >
      {t('home.banner.untoldText', { time: format.moment(oldest.takenAt) })}
    </Banner>
  );
}
