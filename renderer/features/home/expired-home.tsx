import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Line } from '#contract/account/index.ts';
import { useDesk, useDevices } from '#renderer/app/desk.tsx';
import type { Intent } from '#renderer/app/intent.ts';
import { pathOfProfiles } from '#renderer/app/navigation.ts';
import { useAction } from '#renderer/app/use-action.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card, Tile } from '#renderer/ui/surfaces.tsx';
import { profileName } from './line-check.ts';
import { timeLeft } from './plan-figures.ts';
import { useLineCheckSteps } from './use-line-check.tsx';

/** The plan has ended: what still works, what is paused, and the ways on. */
export function ExpiredHome({ line, now }: { readonly line: Line; readonly now: Date }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const steps = useLineCheckSteps();
  const refresh = useAction(() => desk.client.account.refresh());
  const days = -Math.min(0, timeLeft(line, now)?.days ?? 0);
  const others = useOtherProfiles(line.iccid);
  const other = others[0];
  const works = [
    t('expired.works.account'),
    t('expired.works.emergency'),
    ...(others.length === 0 ? [] : [t('expired.works.profiles', { count: others.length })]),
  ];
  const paused = [t('expired.paused.data'), t('expired.paused.calls'), t('expired.paused.sms')];
  return (
    <>
      <section className="card hero expired">
        <div className="hero-head">
          <span className="seal warn">
            <Icon name="clock" />
          </span>
          <div className="grow">
            <h2 className="display">
              {line.validUntil === null ? t('expired.title') : t('expired.titleOn', { date: format.date(line.validUntil) })}
            </h2>
            <p className="md muted">{t('expired.text', { number: writePhone(line.msisdn), count: days })}</p>
          </div>
        </div>
        <div className="hero-acts">
          <Button kind="primary" size="large" label={t('home.renew')} onClick={() => navigate('/plan')} />
          <Button size="large" label={t('expired.paid')} working={refresh.running} onClick={() => void refresh.run()} />
          <Button
            kind="ghost"
            size="large"
            label={t('expired.support')}
            onClick={() => navigate('/support', { state: { subject: 'plan' } satisfies Intent })}
          />
        </div>
        <FailureNote failure={refresh.failure} />
      </section>
      <div className="equal">
        <Card title={t('expired.works.title')}>
          <ul className="ticks">
            {works.map((text) => (
              <li key={text}>
                <Icon name="check" className="success-text" />
                <span className="grow">{text}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t('expired.paused.title')}>
          <ul className="ticks">
            {paused.map((text) => (
              <li key={text}>
                <Icon name="minus" className="faint" />
                <span className="grow">{text}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t('expired.checked')}>
          <div className="card-body">
            <Chain form="small" label={t('expired.checked')} steps={steps} />
          </div>
        </Card>
      </div>
      {other === undefined ? null : (
        <Card>
          <div className="promo">
            <Tile tone="accent" icon="profiles" />
            <div className="grow">
              <h2>{t('expired.switch.title')}</h2>
              <p className="muted">{t('expired.switch.text', { name: other.name })}</p>
            </div>
            <Button label={t('expired.switch.act')} onClick={() => navigate(pathOfProfiles(other.deviceId))} />
          </div>
        </Card>
      )}
    </>
  );
}

/** Profiles of other operators that can be enabled, on the chip that holds this line or on any other. */
function useOtherProfiles(iccid: string): readonly { readonly name: string; readonly deviceId: string }[] {
  const devices = useDevices().value?.devices ?? [];
  const chips = devices
    .filter(({ state }) => state !== 'ghost')
    .flatMap((device) => euiccsOf(device).map((euicc) => ({ deviceId: device.deviceId, profiles: euicc.profiles })));
  const own = chips.filter(({ profiles }) => profiles.some((profile) => profile.iccid === iccid));
  return (own.length > 0 ? own : chips).flatMap(({ deviceId, profiles }) =>
    profiles
      .filter((profile) => profile.iccid !== iccid && profile.profileClass === 'operational')
      .map((profile) => ({ name: profileName(profile), deviceId })),
  );
}
