import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Settings } from '#contract/desk/account.ts';
import { useAccount, useDesk, useSettings, useSystem } from '#renderer/app/desk.tsx';
import { pathOfAccount } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Segments, SelectBox, Toggle } from '#renderer/ui/form.tsx';
import { FailureNote, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card, Facts, type Fact } from '#renderer/ui/surfaces.tsx';
import { TrustCard } from './trust-card.tsx';

const languages = ['system', 'en', 'zh-CN'] as const;
const themes = ['system', 'light', 'dark'] as const;

/** Language, theme, technician mode and whom it trusts, the account's session, and what this program is. */
export function SettingsScreen(): ReactNode {
  const { t } = useWords();
  const settings = useSettings().value;
  return (
    <Screen name="settings" title={t('settings.title')}>
      <div className="single">
        {settings === null ? (
          <Card>
            <Skeleton />
          </Card>
        ) : (
          <Preferences settings={settings} />
        )}
        {settings?.technicianMode === true ? <TrustCard settings={settings} /> : null}
        <AccountCard />
        <About />
      </div>
    </Screen>
  );
}

function Preferences({ settings }: { readonly settings: Settings }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const update = useAction((change: Partial<Settings>) => desk.client.settings.update(change));
  return (
    <Card title={t('settings.window')}>
      <div className="card-body stack">
        <SelectBox
          label={t('settings.language')}
          value={settings.language}
          items={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(language) => void update.run({ language })}
        />
        <div className="field">
          <span className="label">{t('theme.title')}</span>
          <Segments
            label={t('theme.title')}
            value={settings.theme}
            items={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
            onChange={(theme) => void update.run({ theme })}
          />
        </div>
        <hr />
        <Toggle
          label={t('settings.technician')}
          hint={t('settings.technicianHint')}
          checked={settings.technicianMode}
          onChange={(technicianMode) => void update.run({ technicianMode })}
        />
        <FailureNote failure={update.failure} />
      </div>
    </Card>
  );
}

function AccountCard(): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const account = useAccount().value;
  const signOut = useAction(() => desk.client.account.signOut());
  const holder = account?.account ?? null;
  if (account === null || holder === null) return null;
  const facts: Fact[] = [
    ...(holder.email === null ? [] : ([[t('settings.email'), holder.email]] as const)),
    ...(holder.phone === null ? [] : ([[t('settings.phone'), holder.phone]] as const)),
    [t('settings.since'), format.date(holder.createdAt)],
    [t('settings.session'), t(`settings.store.${account.sessionStore}`)],
  ];
  return (
    <Card
      title={
        <>
          {t('settings.account')}
          {account.service?.trial === true ? <Badge tone="warn">{t('settings.trial')}</Badge> : null}
        </>
      }
      actions={
        <>
          <Button size="compact" label={t('settings.manage')} onClick={() => navigate(pathOfAccount)} />
          <Button
            size="compact"
            label={t('settings.signOut')}
            working={signOut.running}
            onClick={() => {
              desk.withoutAccount.set(false);
              void signOut.run();
            }}
          />
        </>
      }
    >
      <div className="card-body stack s3">
        <Facts facts={facts} />
        {account.service?.trial === true ? <p className="sub">{t('settings.trialText')}</p> : null}
        <FailureNote failure={signOut.failure} />
      </div>
    </Card>
  );
}

function About(): ReactNode {
  const { t } = useWords();
  const system = useSystem();
  const service = useAccount().value?.service ?? null;
  if (system === null) return null;
  const facts: Fact[] = [
    [t('settings.version'), system.version],
    [t('settings.system'), `${system.platform} · ${t(`settings.shell.${system.shell}`)}`],
    [t('settings.bench'), system.virtualBench ? t('settings.on') : t('settings.off')],
    ...(service === null ? [] : ([[t('settings.service'), `${service.name} ${service.version}`]] as const)),
  ];
  return (
    <Card title={t('settings.about')}>
      <div className="card-body">
        <Facts facts={facts} />
      </div>
    </Card>
  );
}
