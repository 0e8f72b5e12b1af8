import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { useConnectionState, useSettings, useSystem, useAccount, useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { Icon, Mark } from '#renderer/ui/icon.tsx';
import { MenuButton } from '#renderer/ui/menu.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { ForgotPassword } from './forgot-password.tsx';
import { Register } from './register.tsx';
import { SignIn } from './sign-in.tsx';
import './welcome.css';

/** The screens before an account: sign in, register, forgot password; language and theme are at hand. */
export function Welcome(): ReactNode {
  const { t } = useWords();
  const { link } = useConnectionState();
  const account = useAccount().value;
  const system = useSystem();
  return (
    <div className="signin">
      <main className="signin-form" data-screen="welcome">
        <header className="row between">
          <div className="brand">
            <Mark />
            <span>{t('app.name')}</span>
          </div>
          <Preferences />
        </header>
        <div className="signin-box">
          {link === 'lost' ? (
            <Banner tone="bad" icon="warn" title={t('app.lost.title')}>
              {t('app.lost.text')}
            </Banner>
          ) : null}
          <Switch>
            <Route path="/register">
              <Register />
            </Route>
            <Route path="/forgot-password">
              <ForgotPassword />
            </Route>
            <Route>
              <SignIn />
            </Route>
          </Switch>
        </div>
        <footer className="row between sub">
          <span>{system === null ? '' : t('welcome.version', { version: system.version })}</span>
          {account === null ? null : (
            <span className="row s2">
              <Icon name="lock" className="s" />
              {t(`welcome.store.${account.sessionStore}`)}
            </span>
          )}
        </footer>
      </main>
      <Promise />
    </div>
  );
}

const chosen = (yes: boolean): { readonly icon?: 'check' } => (yes ? { icon: 'check' } : {});

function Preferences(): ReactNode {
  const { t, language } = useWords();
  const desk = useDesk();
  const settings = useSettings().value;
  const update = useAction((change: Parameters<typeof desk.client.settings.update>[0]) => desk.client.settings.update(change));
  const theme = settings?.theme ?? 'system';
  return (
    <div className="row s2">
      <MenuButton
        trigger={<Button kind="ghost" icon="globe" end="down" label={t('language.own')} aria-label={t('language.choose')} />}
        entries={(['en', 'zh-CN'] as const).map((choice) => ({
          key: choice,
          label: t(`language.${choice}`),
          ...chosen(choice === language),
          onSelect: () => void update.run({ language: choice }),
        }))}
      />
      <MenuButton
        trigger={<Button kind="ghost" icon="theme" iconOnly label={t('theme.title')} />}
        entries={(['system', 'light', 'dark'] as const).map((choice) => ({
          key: choice,
          label: t(`theme.${choice}`),
          ...chosen(choice === theme),
          onSelect: () => void update.run({ theme: choice }),
        }))}
      />
    </div>
  );
}

/** What the program is for, shown as the thing it does. An illustration: it claims nothing about anyone's line. */
function Promise(): ReactNode {
  const { t } = useWords();
  return (
    <aside className="signin-side">
      <div className="side-card">
        <h2>{t('welcome.promise.title')}</h2>
        <p className="muted md">{t('welcome.promise.text')}</p>
        <div className="card demo">
          <Chain
            steps={[
              { key: 'account', state: 'ok', icon: 'account', title: t('chain.account'), text: t('welcome.promise.account') },
              { key: 'carrier', state: 'ok', icon: 'carrier', title: t('chain.carrier'), text: t('welcome.promise.carrier') },
              { key: 'chip', state: 'ok', icon: 'chip', title: t('chain.chip'), text: t('welcome.promise.chip') },
              { key: 'network', state: 'ok', icon: 'network', title: t('chain.network'), text: t('welcome.promise.network') },
            ]}
          />
        </div>
      </div>
    </aside>
  );
}
