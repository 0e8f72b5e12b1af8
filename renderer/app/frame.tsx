import { lazy, Suspense, type ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Home } from '#renderer/features/home/home.tsx';
import { useAnnouncedTasks } from '#renderer/features/profiles/use-announced-tasks.ts';
import { Welcome } from '#renderer/features/welcome/welcome.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Mark } from '#renderer/ui/icon.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { useAccount, useConnectionState, useDesk, useStore } from './desk.tsx';
import { ShortcutSheet } from './shortcuts.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';

// The first screen is Home or the sign-in; everything else is loaded when it is first opened.
const Plan = lazy(async () => ({ default: (await import('#renderer/features/plan/plan.tsx')).Plan }));
const RenewalScreen = lazy(async () => ({ default: (await import('#renderer/features/renewal/renewal.tsx')).RenewalScreen }));
const Devices = lazy(async () => ({ default: (await import('#renderer/features/devices/devices.tsx')).Devices }));
const DeviceScreen = lazy(async () => ({ default: (await import('#renderer/features/devices/device-screen.tsx')).DeviceScreen }));
const EuiccScreen = lazy(async () => ({ default: (await import('#renderer/features/euicc/euicc-screen.tsx')).EuiccScreen }));
const MessagesScreen = lazy(async () => ({ default: (await import('#renderer/features/messages/messages-screen.tsx')).MessagesScreen }));
const NotificationsScreen = lazy(async () => ({
  default: (await import('#renderer/features/notifications/notifications-screen.tsx')).NotificationsScreen,
}));
const Profiles = lazy(async () => ({ default: (await import('#renderer/features/profiles/profiles.tsx')).Profiles }));
const AddProfile = lazy(async () => ({ default: (await import('#renderer/features/add-profile/add-profile.tsx')).AddProfile }));
const LinkedProfile = lazy(async () => ({ default: (await import('#renderer/features/add-profile/add-profile.tsx')).LinkedProfile }));
const DownloadScreen = lazy(async () => ({
  default: (await import('#renderer/features/add-profile/download-screen.tsx')).DownloadScreen,
}));
const Support = lazy(async () => ({ default: (await import('#renderer/features/support/support.tsx')).Support }));
const AccountScreen = lazy(async () => ({ default: (await import('#renderer/features/account/account-screen.tsx')).AccountScreen }));
const SettingsScreen = lazy(async () => ({ default: (await import('#renderer/features/settings/settings.tsx')).SettingsScreen }));

/** Screens that say something about the account, and therefore need one. */
const accountScreens = /^\/(?:$|plan|orders|account)/u;
/** Where an `lpa:` link leads: a code needs a chip, and no account. */
const linkScreen = /^\/profiles\/add\/./u;

/** A part of an address; one that was written by hand and means nothing stays as it is. */
function readPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The window: the screens before an account, or the frame with the screen of the present path. */
export function Frame(): ReactNode {
  const account = useAccount().value;
  const { link } = useConnectionState();
  const [path] = useLocation();
  const withoutAccount = useStore(useDesk().withoutAccount);
  useAnnouncedTasks();
  if (account === null || (account.state === 'starting' && account.asOf === null)) return <Starting lost={link === 'lost'} />;
  const signedOut = account.state === 'signedOut';
  if (signedOut && (!(withoutAccount || linkScreen.test(path)) || accountScreens.test(path))) return <Welcome />;
  return (
    <div className="app">
      <Sidebar />
      <div className="pane">
        <Lost />
        <Suspense
          fallback={
            <div className="main">
              <Skeleton />
            </div>
          }
        >
          <Switch>
            <Route path="/">
              <Home />
            </Route>
            <Route path="/plan">
              <Plan />
            </Route>
            <Route path="/orders/:orderId">{({ orderId }) => <RenewalScreen key={orderId} orderId={decodeURIComponent(orderId)} />}</Route>
            <Route path="/devices">
              <Devices />
            </Route>
            <Route path="/devices/:deviceId">{({ deviceId }) => <DeviceScreen deviceId={readPart(deviceId)} section="overview" />}</Route>
            <Route path="/devices/:deviceId/modem/:section">
              {({ deviceId, section }) => <DeviceScreen deviceId={readPart(deviceId)} section={section} />}
            </Route>
            <Route path="/devices/:deviceId/euicc/:isdrAid?">
              {({ deviceId, isdrAid }) => <EuiccScreen deviceId={readPart(deviceId)} isdrAid={isdrAid ?? null} />}
            </Route>
            <Route path="/devices/:deviceId/messages">
              {({ deviceId }) => <MessagesScreen key={deviceId} deviceId={readPart(deviceId)} />}
            </Route>
            <Route path="/notifications">
              <NotificationsScreen />
            </Route>
            <Route path="/profiles/add">
              <AddProfile deviceId={null} />
            </Route>
            <Route path="/profiles/add/:code">{({ code }) => <LinkedProfile code={readPart(code)} />}</Route>
            <Route path="/profiles/:deviceId/add">{({ deviceId }) => <AddProfile key={deviceId} deviceId={readPart(deviceId)} />}</Route>
            <Route path="/profiles/:deviceId/add/:taskId">
              {({ deviceId, taskId }) => <DownloadScreen key={taskId} deviceId={readPart(deviceId)} taskId={readPart(taskId)} />}
            </Route>
            <Route path="/profiles/:deviceId?">
              {({ deviceId }) => <Profiles deviceId={deviceId === undefined ? null : decodeURIComponent(deviceId)} />}
            </Route>
            <Route path="/support">
              <Support />
            </Route>
            <Route path="/account">
              <AccountScreen />
            </Route>
            <Route path="/settings">
              <SettingsScreen />
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </div>
      <StatusBar />
      <ShortcutSheet />
    </div>
  );
}

function Lost(): ReactNode {
  const { t } = useWords();
  const { link } = useConnectionState();
  if (link !== 'lost') return null;
  return (
    <div className="lost">
      <Banner tone="bad" icon="warn" title={t('app.lost.title')}>
        {t('app.lost.text')}
      </Banner>
    </div>
  );
}

/** Before the application has said who is signed in. Usually shorter than the delay after which it becomes visible. */
function Starting({ lost }: { readonly lost: boolean }): ReactNode {
  const { t } = useWords();
  return (
    <main className="alone" data-screen="starting" role="status">
      <Mark />
      <p className={`md muted ${lost ? '' : 'late'}`}>{lost ? t('app.lost.title') : t('app.starting')}</p>
      {lost ? <p className="muted">{t('app.lost.text')}</p> : null}
    </main>
  );
}
