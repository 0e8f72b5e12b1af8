import { useRef, type ReactNode } from 'react';
import type { TextMessage } from '#contract/desk/messages.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';

/** A message that is deleted is gone for good, here and in the modem. */
export function DeleteMessage({ message, onClose }: { readonly message: TextMessage; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const safe = useRef<HTMLButtonElement>(null);
  const remove = useAction(() => desk.client.messages.delete({ messageIds: [message.messageId] }));
  const go = async (): Promise<void> => {
    // The line of this dialog goes with its message.
    if ((await remove.run()) !== null) onClose();
  };
  return (
    <Modal
      open
      onClose={onClose}
      title={t('messages.deletion.title')}
      description={t(message.stored ? 'messages.deletion.stored' : 'messages.deletion.text')}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={onClose} />
          <Button kind="danger" label={t('messages.deletion.act')} working={remove.running} onClick={() => void go()} />
        </>
      }
    >
      <FailureNote failure={remove.failure} />
    </Modal>
  );
}
