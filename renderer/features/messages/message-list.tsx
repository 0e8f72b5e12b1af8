import { useEffect, useState, type ReactNode } from 'react';
import type { TextMessage } from '#contract/desk/messages.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Gap } from '#renderer/ui/gap.tsx';
import type { IconName } from '#renderer/ui/icon.tsx';
import { failureCode, FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Tile, type BadgeTone } from '#renderer/ui/surfaces.tsx';
import { DeleteMessage } from './delete-message.tsx';

/** Newest first. What is looked at counts as read when the list is left: until then one sees what is new. */
export function MessageList({ messages, usable }: { readonly messages: readonly TextMessage[]; readonly usable: boolean }): ReactNode {
  const desk = useDesk();
  const unread = messages.filter((message) => message.unread).map(({ messageId }) => messageId);
  const key = unread.join(' ');
  useEffect(
    () => () => {
      if (key !== '') desk.client.messages.markRead({ messageIds: key.split(' ') }).catch(() => undefined); // they then stay new
    },
    [desk, key],
  );
  return (
    <ul className="list message-list">
      {messages.map((message) => (
        <Line key={message.messageId} message={message} usable={usable} />
      ))}
    </ul>
  );
}

type Look = { readonly icon: IconName; readonly tile: 'neutral' | 'accent' | 'ok' | 'bad'; readonly tone: BadgeTone };

const looks: Readonly<Record<TextMessage['state'], Look>> = {
  received: { icon: 'sms', tile: 'neutral', tone: 'neutral' },
  draft: { icon: 'edit', tile: 'neutral', tone: 'neutral' },
  sending: { icon: 'send', tile: 'accent', tone: 'info' },
  sent: { icon: 'send', tile: 'neutral', tone: 'neutral' },
  delivered: { icon: 'check', tile: 'ok', tone: 'ok' },
  trying: { icon: 'clock', tile: 'neutral', tone: 'warn' },
  undelivered: { icon: 'warn', tile: 'bad', tone: 'bad' },
  failed: { icon: 'warn', tile: 'bad', tone: 'bad' },
};

function Line({ message, usable }: { readonly message: TextMessage; readonly usable: boolean }): ReactNode {
  const words = useWords();
  const { t, format, explain } = words;
  const desk = useDesk();
  const [deleting, setDeleting] = useState(false);
  const again = useAction(() => desk.client.messages.sendAgain({ messageId: message.messageId }));
  const look = looks[message.state];
  const problem = message.problem === null ? null : explain(message.problem);
  const who = message.number ?? t('messages.unknown');
  return (
    <li data-message={message.messageId} data-state={message.state}>
      <Tile tone={message.unread ? 'accent' : look.tile} icon={look.icon} />
      <div className="what">
        <strong>{message.direction === 'received' ? who : t('messages.to', { number: who })}</strong>
        <p className="said">{message.text ?? t('messages.data', { count: (message.data?.length ?? 0) / 2 })}</p>
        <p>{notes(message, words).join(' · ')}</p>
        {message.orderNumber === null ? null : <p className="confirms">{t('messages.confirms', { number: message.orderNumber })}</p>}
        {problem === null ? null : (
          <p className="problem">
            {problem.sentence}
            <Gap />
            {problem.remedy}
            {message.problem === null ? null : <span className="mono faint block">{failureCode(message.problem)}</span>}
          </p>
        )}
        <FailureNote failure={again.failure} />
      </div>
      {message.unread ? <Badge tone="accent">{t('messages.new')}</Badge> : null}
      {message.direction === 'received' ? null : <Badge tone={look.tone}>{stateWords(message, words)}</Badge>}
      <span className="acts">
        {message.state === 'failed' ? (
          <Button size="compact" label={t('messages.again')} disabled={!usable} working={again.running} onClick={() => void again.run()} />
        ) : null}
        <Button
          kind="ghost"
          size="compact"
          icon="trash"
          iconOnly
          label={t('messages.delete', { who, time: format.moment(message.at) })}
          onClick={() => setDeleting(true)}
        />
      </span>
      {deleting ? <DeleteMessage message={message} onClose={() => setDeleting(false)} /> : null}
    </li>
  );
}

function notes({ at, parts, missing }: TextMessage, { t, format }: Words): readonly string[] {
  return [format.moment(at), ...(missing.length === 0 ? [] : [t('messages.incomplete', { here: parts - missing.length, count: parts })])];
}

function stateWords({ state, parts, partsSent }: TextMessage, { t }: Words): string {
  return state === 'sending' && parts > 1 ? t('messages.sendingPart', { part: partsSent + 1, count: parts }) : t(`messages.state.${state}`);
}
