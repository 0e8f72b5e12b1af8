import { useRef, type ReactNode } from 'react';
import type { Failure } from '#renderer/app/failure.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Modal } from '#renderer/ui/modal.tsx';

/** What may be the last attempt is asked about a second time: after it the SIM asks for its PUK, or is lost. */
export function LastAttempt(props: { readonly failure: Failure; readonly onClose: () => void; readonly onConfirm: () => void }): ReactNode {
  const { t, explain } = useWords();
  const safe = useRef<HTMLButtonElement>(null);
  const { sentence } = explain(props.failure);
  const consequence = props.failure.details['code'] === 'puk' ? t('modem.lock.last.puk') : t('modem.lock.last.pin');
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('modem.lock.last.title')}
      description={sentence}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="danger" label={t('modem.lock.last.act')} onClick={props.onConfirm} />
        </>
      }
    >
      <p>{consequence}</p>
    </Modal>
  );
}
