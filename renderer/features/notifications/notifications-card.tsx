import type { ReactNode } from 'react';
import type { EuiccOverview } from '#contract/desk/devices.ts';
import { useDesk, useOutbox } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useTaskAction } from '#renderer/app/use-task-action.ts';
import { chipAddress } from '#renderer/features/add-profile/chips.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty, FailureNote, FailureRow } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { NotificationList, type Carrier } from './notification-list.tsx';
import { notificationRows } from './notification-rows.ts';

/** What one chip has to tell to servers: on the card, and on its way. `title`: left out on the chip's own page. */
export function NotificationsCard(props: {
  readonly chip: Pick<EuiccOverview, 'eid' | 'notifications'>;
  readonly carrier: Carrier | null;
  readonly title?: string;
}): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const { carrier } = props;
  const outbox = useOutbox();
  const retry = useAction(() => desk.client.notifications.retry());
  const sendAll = useTaskAction((to: Carrier) => desk.client.notifications.send(chipAddress(to)));
  const rows = notificationRows(props.chip, outbox.value ?? []);
  const stale = carrier !== null && carrier.device.state !== 'ready';
  const busy = stale || (carrier !== null && carrier.device.busyTaskId !== null);
  const anyUnsent = rows.some(({ state }) => state === 'onCard' || state === 'waiting');
  const anyDelayed = rows.some(({ state, nextAttemptAt }) => state === 'waiting' && nextAttemptAt !== null);
  return (
    <Card
      title={
        <>
          {props.title ?? t('notifications.title')} {rows.length === 0 ? null : <span className="faint">{rows.length}</span>}
        </>
      }
      sub={
        stale ? t('ui.asOf', { time: format.time(carrier.euicc.readAt) }) : props.title === undefined ? t('notifications.about') : undefined
      }
      actions={
        <>
          {anyDelayed ? (
            <Button
              kind="ghost"
              size="compact"
              icon="refresh"
              label={t('notifications.retry')}
              working={retry.running}
              onClick={() => void retry.run()}
            />
          ) : null}
          {carrier === null || (!anyUnsent && !sendAll.running) ? null : (
            <Button
              size="compact"
              icon="send"
              label={t('notifications.sendAll')}
              disabled={busy && !sendAll.running}
              working={sendAll.running}
              onClick={() => void sendAll.run(carrier)}
            />
          )}
        </>
      }
    >
      {outbox.failure === null ? null : <FailureRow failure={outbox.failure} />}
      <FailureNote failure={retry.failure ?? sendAll.failure} />
      {rows.length === 0 ? (
        <Empty title={t('notifications.none')} text={t('notifications.noneText')} />
      ) : (
        <NotificationList rows={rows} carrier={carrier} />
      )}
    </Card>
  );
}
