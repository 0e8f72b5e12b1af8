import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { devicesThatNeedAttention } from '#renderer/features/devices/ladder.ts';
import { timeLeft } from '#renderer/features/home/plan-figures.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Meter } from '#renderer/ui/figures.tsx';
import { Icon, Mark } from '#renderer/ui/icon.tsx';
import { MenuButton } from '#renderer/ui/menu.tsx';
import { useAccount, useDesk, useDevices, useLine, useNow } from './desk.tsx';
import { activeItem, navigationFoot, navigationGroups, type NavigationItem } from './navigation.ts';

/** The sidebar: the line with its time left, then the screens. Below 1080 px it is a rail that keeps its words. */
export function Sidebar(): ReactNode {
  const { t } = useWords();
  return (
    <nav className="side" aria-label={t('frame.navigation')}>
      <div className="brand">
        <Mark />
        <span>{t('app.name')}</span>
      </div>
      <LineCard />
      <div className="nav-scroll">
        {navigationGroups.map((group) => (
          <ul key={group[0]?.name}>
            {group.map((item) => (
              <NavigationLink key={item.name} item={item} />
            ))}
          </ul>
        ))}
      </div>
      <ul className="side-end">
        {navigationFoot.map((item) => (
          <NavigationLink key={item.name} item={item} />
        ))}
      </ul>
    </nav>
  );
}

function NavigationLink({ item }: { readonly item: NavigationItem }): ReactNode {
  const { t } = useWords();
  const [path] = useLocation();
  const devices = useDevices().value;
  const count = item.name === 'devices' && devices !== null ? devicesThatNeedAttention(devices) : 0;
  return (
    <li>
      <Link href={item.path} aria-current={activeItem(path) === item.name ? 'page' : undefined}>
        <Icon name={item.icon} />
        <span className="long">{t(`frame.items.${item.name}`)}</span>
        <span className="short" aria-hidden="true">
          {t(`frame.short.${item.name}`)}
        </span>
        {count === 0 ? null : (
          <span className="count" aria-label={t('frame.needYou', { count })}>
            {count}
          </span>
        )}
      </Link>
    </li>
  );
}

function LineCard(): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const account = useAccount().value;
  const line = useLine();
  const now = useNow();
  if (account === null || account.state === 'starting') {
    return (
      <div className="line-card" aria-hidden="true">
        <span className="line-rail">
          <b>–</b>
        </span>
        <span className="line-full">
          <span className="skeleton w1" />
          <span className="skeleton w2" />
        </span>
      </div>
    );
  }
  if (account.state === 'signedOut' || line === null) {
    const signedOut = account.state === 'signedOut';
    const open = (): void => {
      if (signedOut) desk.withoutAccount.set(false);
      navigate('/');
    };
    return (
      <button type="button" className="line-card" onClick={open}>
        <span className="line-rail">
          <Icon name="account" />
          <small>{signedOut ? t('frame.signInShort') : t('frame.addLineShort')}</small>
        </span>
        <span className="line-full">
          <span className="line-num">{signedOut ? t('frame.signIn') : t('frame.addLine')}</span>
          <span className="line-left">
            <span>{signedOut ? t('frame.signedOut') : t('frame.noLine')}</span>
          </span>
        </span>
      </button>
    );
  }
  const time = timeLeft(line, now);
  const left =
    time === null || line.validUntil === null
      ? t('frame.endUnknown')
      : time.ended
        ? t('frame.ended', { date: format.day(line.validUntil) })
        : t('frame.daysLeft', { count: time.days });
  const tone = time?.tone ?? 'normal';
  const body = (
    <button
      type="button"
      className={`line-card ${tone === 'normal' ? '' : tone}`}
      aria-label={t('frame.line', { number: writePhone(line.msisdn), left })}
      {...(account.lines.length > 1 ? {} : { onClick: () => navigate('/plan') })}
    >
      <span className="line-rail">
        <b>{time === null ? '–' : format.integer(Math.max(0, time.days))}</b>
        <small>{t('frame.days', { count: Math.max(0, time?.days ?? 0) })}</small>
      </span>
      <span className="line-full">
        <span className="line-num">
          {writePhone(line.msisdn)}
          {account.lines.length > 1 ? <Icon name="updown" className="s faint" /> : null}
        </span>
        <span className="line-left">
          <span className="clip">{line.plan.name}</span>
          <span>{left}</span>
        </span>
        <Meter thin value={time?.ended === true ? 0 : (time?.share ?? 0)} max={1} label={left} tone={tone} />
      </span>
    </button>
  );
  if (account.lines.length < 2) return body;
  return (
    <MenuButton
      trigger={body}
      entries={account.lines.map((entry) => ({
        key: entry.lineId,
        label: `${writePhone(entry.msisdn)} · ${entry.plan.name}`,
        ...(entry.lineId === line.lineId ? { icon: 'check' as const } : {}),
        onSelect: () => desk.lineId.set(entry.lineId),
      }))}
    />
  );
}
