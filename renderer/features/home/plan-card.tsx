import { assertNever } from '#renderer/app/assert-never.ts';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Allowance, Line } from '#contract/account/index.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Ring } from '#renderer/ui/figures.tsx';
import { Gap } from '#renderer/ui/gap.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Badge, Card } from '#renderer/ui/surfaces.tsx';
import { dailyPace, forecastData } from './forecast.ts';
import { shareLeft, timeLeft, toneOfShare } from './plan-figures.ts';
import { UsageCurve } from './usage-curve.tsx';

/** What is left of the plan: the sentence before the number, the number before the chart. */
export function PlanCard({ line, now }: { readonly line: Line; readonly now: Date }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  return (
    <Card
      className="plan"
      title={
        <>
          {line.plan.name}
          {line.state === 'active' ? <Badge tone="ok">{t('home.active')}</Badge> : null}
          {line.state === 'suspended' ? <Badge tone="bad">{t('home.suspended')}</Badge> : null}
        </>
      }
      sub={t('home.planSub', { number: writePhone(line.msisdn) })}
      actions={<Button kind="primary" label={t('home.renew')} onClick={() => navigate('/plan')} />}
    >
      <div className="card-body stack">
        <div className="rings">
          <DataRing line={line} />
          <VoiceRing voice={line.voice} />
          <TimeRing line={line} now={now} />
        </div>
        <ForecastSentence line={line} now={now} />
        <UsageCurve line={line} now={now} />
      </div>
    </Card>
  );
}

function RingItem(props: { readonly title: string; readonly ring: ReactNode; readonly notes: readonly (string | null)[] }): ReactNode {
  return (
    <div className="ring-item">
      {props.ring}
      <div>
        <h3>{props.title}</h3>
        {props.notes.map((note) =>
          note === null ? null : (
            <p key={note} className="muted">
              {note}
            </p>
          ),
        )}
      </div>
    </div>
  );
}

function DataRing({ line }: { readonly line: Line }): ReactNode {
  const { t, format } = useWords();
  const { data } = line;
  const share = shareLeft(data);
  const left = data.left === null ? null : format.bytes(data.left);
  const pace = dailyPace(line);
  const figure = data.unlimited ? '∞' : (left?.figure ?? '–');
  const unit = data.unlimited ? '' : (left?.unit ?? '');
  const spoken = data.unlimited ? t('home.unlimited') : left === null ? t('home.unknown') : `${left.figure} ${left.unit}`;
  return (
    <RingItem
      title={t('home.dataLeft')}
      ring={<Ring share={share} figure={figure} unit={unit} label={`${t('home.dataLeft')}: ${spoken}`} tone={toneOfShare(share)} />}
      notes={[
        data.unlimited
          ? t('home.unlimited')
          : data.total === null
            ? t('home.unknown')
            : data.total === 0
              ? t('home.notIncluded')
              : t('home.ofData', { total: format.size(data.total) }),
        pace === null ? null : t('home.perDay', { amount: format.size(pace) }),
      ]}
    />
  );
}

function VoiceRing({ voice }: { readonly voice: Allowance }): ReactNode {
  const { t, format } = useWords();
  const share = shareLeft(voice);
  const figure = voice.unlimited ? '∞' : voice.left === null ? '–' : format.integer(voice.left);
  const used = voice.total === null || voice.left === null ? null : Math.max(0, voice.total - voice.left);
  const counted = !voice.unlimited && voice.left !== null;
  const spoken = counted ? `${figure} ${t('home.minutes')}` : t(voice.unlimited ? 'home.unlimited' : 'home.unknown');
  return (
    <RingItem
      title={t('home.minutesLeft')}
      ring={
        <Ring
          share={share}
          figure={figure}
          unit={counted ? t('home.minutes') : ''}
          label={`${t('home.minutesLeft')}: ${spoken}`}
          tone={toneOfShare(share)}
        />
      }
      notes={[
        voice.unlimited
          ? t('home.unlimited')
          : voice.total === null
            ? t('home.unknown')
            : voice.total === 0
              ? t('home.notIncluded')
              : t('home.ofMinutes', { count: voice.total, amount: format.integer(voice.total) }),
        used === null || voice.unlimited || voice.total === 0 ? null : t('home.used', { count: used, amount: format.integer(used) }),
      ]}
    />
  );
}

function TimeRing({ line, now }: { readonly line: Line; readonly now: Date }): ReactNode {
  const { t, format } = useWords();
  const time = timeLeft(line, now);
  const figure = time === null ? '–' : format.integer(Math.max(0, time.days));
  return (
    <RingItem
      title={t('home.timeLeft')}
      ring={
        <Ring
          share={time?.share ?? null}
          figure={figure}
          unit={time === null ? '' : t('frame.days', { count: Math.max(0, time.days) })}
          label={`${t('home.timeLeft')}: ${time === null ? t('home.unknown') : t('frame.daysLeft', { count: Math.max(0, time.days) })}`}
          tone={time?.tone ?? 'normal'}
        />
      }
      notes={[
        line.validUntil === null ? t('frame.endUnknown') : t('home.until', { date: format.day(line.validUntil) }),
        time === null || time.total === null ? null : t('home.ofDays', { count: time.total }),
      ]}
    />
  );
}

function ForecastSentence({ line, now }: { readonly line: Line; readonly now: Date }): ReactNode {
  const { t, format } = useWords();
  const forecast = forecastData(line, now);
  switch (forecast.kind) {
    case 'unlimited':
    case 'unknown':
      return null;
    case 'usedUp':
      return (
        <p className="forecast">
          <Icon name="warn" />
          <strong className="danger-text">{t('home.forecast.usedUp')}</strong>
        </p>
      );
    case 'lasts':
      return (
        <p className="forecast">
          <Icon name="trend" />
          <span>
            <strong>{t('home.forecast.lasts')}</strong>
          </span>
        </p>
      );
    case 'runsOut':
      return (
        <p className="forecast">
          <Icon name="trend" />
          <span>
            <strong>
              {t(forecast.daysBefore === null ? 'home.forecast.runsOutOpen' : 'home.forecast.runsOut', { date: format.day(forecast.on) })}
            </strong>
            <Gap />
            {forecast.daysBefore === null ? null : (
              <span className="warning-text">{t('home.forecast.before', { count: forecast.daysBefore })}</span>
            )}
          </span>
        </p>
      );
    default:
      return assertNever(forecast);
  }
}
