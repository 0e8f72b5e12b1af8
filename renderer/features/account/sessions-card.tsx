import { useState, type ReactNode } from 'react';
import type { SessionEntry } from '#contract/account/index.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction, useAnswer } from '#renderer/app/use-action.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import type { IconName } from '#renderer/ui/icon.tsx';
import { FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card, Tile } from '#renderer/ui/surfaces.tsx';
import { useToast } from '#renderer/ui/toast.tsx';

const icons: Readonly<Record<NonNullable<SessionEntry['shell']>, IconName>> = { electron: 'laptop', web: 'globe', cli: 'devices' };
/** Systems by the name that people know; another one is called what Node calls it. */
const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

function nameOf({ t }: Words, { shell, platform }: SessionEntry): string {
  if (shell === null) return t('account.sessions.unknown');
  const name = t(`account.sessions.shell.${shell}`);
  return platform === null ? name : t('account.sessions.on', { shell: name, system: systems[platform] ?? platform });
}

/** Every place where the account is signed in; each can be signed out from here, this one by "Sign out" in the settings. */
export function SessionsCard(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const sessions = useAnswer('sessions', () => desk.client.account.sessions());
  const endOthers = useAction(() => desk.client.account.endOtherSessions());
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const shown = (sessions.value ?? []).filter(({ sessionId }) => !ended.has(sessionId));
  const others = shown.filter(({ current }) => !current).map(({ sessionId }) => sessionId);
  const leaveOut = (sessionIds: readonly string[]): void => setEnded(new Set([...ended, ...sessionIds]));
  const endAll = async (): Promise<void> => {
    const done = await endOthers.run();
    if (done === null) return;
    toast(t('account.sessions.ended', { count: done.ended }));
    leaveOut(others);
  };
  return (
    <Card
      title={t('account.sessions.title')}
      actions={
        others.length > 0 ? (
          <Button size="compact" label={t('account.sessions.endOthers')} working={endOthers.running} onClick={() => void endAll()} />
        ) : undefined
      }
    >
      {sessions.failure === null ? null : <FailureRow failure={sessions.failure} onRetry={sessions.again} />}
      {sessions.value === null && sessions.failure === null ? <Skeleton rows={2} /> : null}
      <ul className="list">
        {shown.map((session) => (
          <SessionRow key={session.sessionId} session={session} onEnded={() => leaveOut([session.sessionId])} />
        ))}
      </ul>
      {endOthers.failure === null ? null : <FailureRow failure={endOthers.failure} />}
    </Card>
  );
}

function SessionRow({ session, onEnded }: { readonly session: SessionEntry; readonly onEnded: () => void }): ReactNode {
  const words = useWords();
  const { t, format } = words;
  const desk = useDesk();
  const { sessionId, shell, current } = session;
  const name = nameOf(words, session);
  const end = useAction(() => desk.client.account.endSession({ sessionId }));
  const go = async (): Promise<void> => {
    if ((await end.run()) !== null) onEnded();
  };
  return (
    <li>
      <Tile icon={shell === null ? 'key' : icons[shell]} tone={current ? 'accent' : 'neutral'} />
      <div className="what">
        <strong>{name}</strong>
        <p>
          {t('account.sessions.used', { time: format.moment(session.usedAt) })}
          {t('ui.comma')}
          {t('account.sessions.since', { date: format.dateShort(session.createdAt) })}
        </p>
        <FailureNote failure={end.failure} />
      </div>
      {current ? (
        <Badge tone="accent">{t('account.sessions.current')}</Badge>
      ) : (
        <Button
          size="compact"
          label={t('account.sessions.end')}
          aria-label={t('account.sessions.endNamed', { name })}
          working={end.running}
          onClick={() => void go()}
        />
      )}
    </li>
  );
}
