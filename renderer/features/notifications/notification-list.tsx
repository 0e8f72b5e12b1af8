import { useState, type ReactNode } from 'react';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useTaskAction } from '#renderer/app/use-task-action.ts';
import { assertNever } from '#renderer/app/assert-never.ts';
import { chipAddress } from '#renderer/features/add-profile/chips.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Gap } from '#renderer/ui/gap.tsx';
import type { IconName } from '#renderer/ui/icon.tsx';
import { MenuButton } from '#renderer/ui/menu.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Tile, type BadgeTone } from '#renderer/ui/surfaces.tsx';
import { nameOfNotified, type NotificationRow } from './notification-rows.ts';
import { RemoveNotification } from './remove-notification.tsx';
import './notifications.css';

/** The card that the notifications are of, where it is here. */
export type Carrier = { readonly device: Device; readonly euicc: EuiccOverview };

/** Notifications with what became of each, and its acts while the card is here. */
export function NotificationList(props: { readonly rows: readonly NotificationRow[]; readonly carrier: Carrier | null }): ReactNode {
  return (
    <ul className="list notification-list">
      {props.rows.map((row) =>
        props.carrier === null ? (
          <Line key={row.seqNumber} row={row} name={nameOfNotified(row.iccid, [])} />
        ) : (
          <ActingLine key={row.seqNumber} row={row} carrier={props.carrier} />
        ),
      )}
    </ul>
  );
}

function ActingLine({ row, carrier }: { readonly row: NotificationRow; readonly carrier: Carrier }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [removing, setRemoving] = useState(false);
  const send = useTaskAction(() => desk.client.notifications.send({ ...chipAddress(carrier), seqNumbers: [row.seqNumber] }));
  const busy = carrier.device.busyTaskId !== null || carrier.device.state !== 'ready';
  const name = nameOfNotified(row.iccid, carrier.euicc.profiles);
  const acts = (
    <span className="acts">
      <Button
        size="compact"
        label={t('notifications.send')}
        aria-label={t('notifications.sendNumbered', { number: row.seqNumber })}
        disabled={(busy && !send.running) || row.state === 'sending'}
        working={send.running}
        onClick={() => void send.run()}
      />
      <MenuButton
        trigger={<Button kind="ghost" size="compact" icon="more" iconOnly label={t('notifications.more', { number: row.seqNumber })} />}
        entries={[
          {
            key: 'remove',
            label: t('notifications.remove'),
            icon: 'trash',
            danger: true,
            disabled: busy || row.state === 'sending',
            onSelect: () => setRemoving(true),
          },
        ]}
      />
    </span>
  );
  return (
    <Line row={row} name={name} acts={row.state === 'delivered' ? null : acts} failure={<FailureNote failure={send.failure} />}>
      {removing ? <RemoveNotification carrier={carrier} row={row} onClose={() => setRemoving(false)} /> : null}
    </Line>
  );
}

type Look = {
  readonly tone: BadgeTone;
  readonly tile: 'neutral' | 'accent' | 'ok' | 'warn';
  readonly icon: IconName;
  readonly words: string;
};

function lookOf(row: NotificationRow, { t, format }: Words): Look {
  switch (row.state) {
    case 'onCard':
      return { tone: 'neutral', tile: 'neutral', icon: 'chip', words: t('notifications.state.onCard') };
    case 'waiting': {
      const words =
        row.nextAttemptAt === null
          ? t('notifications.state.waiting')
          : t('notifications.state.again', { time: format.time(row.nextAttemptAt) });
      return { tone: row.problem === null ? 'info' : 'warn', tile: row.problem === null ? 'accent' : 'warn', icon: 'clock', words };
    }
    case 'sending':
      return { tone: 'info', tile: 'accent', icon: 'send', words: t('notifications.state.sending') };
    case 'delivered':
      // An explicit no is an answer too: asking again would not change it.
      return row.problem === null
        ? { tone: 'ok', tile: 'ok', icon: 'check', words: t('notifications.state.delivered') }
        : { tone: 'warn', tile: 'warn', icon: 'warn', words: t('notifications.state.refused') };
    default:
      return assertNever(row.state);
  }
}

function Line(props: {
  readonly row: NotificationRow;
  readonly name: string | null;
  readonly acts?: ReactNode;
  readonly failure?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const words = useWords();
  const { t, explain } = words;
  const { row, name } = props;
  const look = lookOf(row, words);
  const problem = row.problem === null ? null : explain(row.problem);
  return (
    <li data-notification={row.seqNumber} data-state={row.state}>
      <Tile tone={look.tile} icon={look.icon} />
      <div className="what">
        <strong>{name === null ? t(`notifications.event.${row.event}`) : t(`notifications.eventOf.${row.event}`, { name })}</strong>
        <p>
          {t('notifications.number', { number: row.seqNumber })} · <span className="mono">{row.address}</span>
        </p>
        {row.state === 'delivered' ? <p className="why">{t('notifications.deliveredText')}</p> : null}
        {problem === null ? null : (
          <p className="why warning-text">
            {problem.sentence}
            <Gap />
            {problem.remedy}
          </p>
        )}
        {props.failure}
      </div>
      <Badge tone={look.tone}>{look.words}</Badge>
      {props.acts}
      {props.children}
    </li>
  );
}
