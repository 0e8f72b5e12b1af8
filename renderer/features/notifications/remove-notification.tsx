import { useRef, type ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { chipAddress } from '#renderer/features/add-profile/chips.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import type { Carrier } from './notification-list.tsx';
import type { NotificationRow } from './notification-rows.ts';

/** Removing says what the server will never learn, and what may come of it. */
export function RemoveNotification(props: {
  readonly carrier: Carrier;
  readonly row: NotificationRow;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { carrier, row } = props;
  const safe = useRef<HTMLButtonElement>(null);
  const remove = useAction(() => desk.client.notifications.remove({ ...chipAddress(carrier), seqNumbers: [row.seqNumber] }));
  const go = async (): Promise<void> => {
    if ((await remove.run()) !== null) props.onClose();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('notifications.removal.title', { number: row.seqNumber })}
      description={t('notifications.removal.text', { server: row.address })}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="danger" label={t('notifications.remove')} working={remove.running} onClick={() => void go()} />
        </>
      }
    >
      <p>{t(`notifications.removal.after.${row.event}`)}</p>
      <FailureNote failure={remove.failure} />
    </Modal>
  );
}
