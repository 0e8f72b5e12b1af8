import type { ReactNode } from 'react';
import { useAccount, useDesk, useLine, useNow } from '#renderer/app/desk.tsx';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { AttentionBanner } from './attention-banner.tsx';
import { ClaimLine } from './claim-line.tsx';
import { ExpiredHome } from './expired-home.tsx';
import { HomeDevices } from './home-devices.tsx';
import { PlanCard } from './plan-card.tsx';
import { timeLeft } from './plan-figures.ts';
import { PromotionCard } from './promotion-card.tsx';
import { useLineCheckSteps } from './use-line-check.tsx';
import './home.css';

/** The dashboard of one line: what is left, what needs attention, and whether account, chip and network agree. */
export function Home(): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const feed = useAccount();
  const account = feed.value;
  const line = useLine();
  const now = useNow();
  const refresh = useAction(() => desk.client.account.refresh());
  const asOf = account?.asOf ?? null;
  const stale = account !== null && account.problem !== null && asOf !== null;
  const time = line === null ? null : timeLeft(line, now);
  return (
    <Screen
      name="home"
      title={t('home.title')}
      sub={format.weekday(now)}
      actions={
        <Button
          kind="ghost"
          icon="refresh"
          label={
            asOf === null
              ? t('home.check')
              : stale
                ? t('ui.asOf', { time: format.time(asOf) })
                : t('home.checked', { time: format.time(asOf) })
          }
          working={refresh.running}
          onClick={() => void refresh.run()}
        />
      }
    >
      {account === null ? null : <AttentionBanner account={account} line={line} now={now} onRetry={() => void refresh.run()} />}
      {account === null || (asOf === null && account.problem === null) ? (
        <Card>
          <Skeleton />
        </Card>
      ) : line === null ? (
        asOf === null && account.problem !== null ? (
          <Card>
            <FailureRow failure={account.problem} onRetry={() => void refresh.run()} />
          </Card>
        ) : (
          <ClaimLine />
        )
      ) : time?.ended === true ? (
        <ExpiredHome line={line} now={now} />
      ) : (
        <div className="home-grid">
          <div className="stack">
            <PlanCard line={line} now={now} />
            <HomeDevices />
          </div>
          <div className="stack">
            <LineCheckCard />
            {account.promotions.map((promotion) => (
              <PromotionCard key={promotion.code} promotion={promotion} />
            ))}
          </div>
        </div>
      )}
    </Screen>
  );
}

/** The line, checked in three places. */
export function LineCheckCard(): ReactNode {
  const { t } = useWords();
  const steps = useLineCheckSteps();
  return (
    <Card title={t('home.lineChecked')}>
      <div className="card-body">
        <Chain form="small" label={t('home.lineChecked')} steps={steps} />
      </div>
    </Card>
  );
}
