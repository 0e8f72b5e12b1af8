import { useState, type FormEvent, type ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { NewPassword } from '#renderer/features/welcome/new-password.tsx';
import { passwordStrength } from '#renderer/features/welcome/password-strength.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { useToast } from '#renderer/ui/toast.tsx';

/** Another password: the present one is asked for, and every other device is signed out. */
export function ChangePassword(props: { readonly onClose: () => void; readonly onDone: () => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [tried, setTried] = useState(false);
  const change = useAction(() => desk.client.account.changePassword({ currentPassword, newPassword }));
  const go = async (): Promise<void> => {
    if ((await change.run()) === null) return;
    toast(t('account.password.done'), { text: t('account.password.others') });
    props.onDone();
    props.onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (currentPassword === '' || passwordStrength(newPassword) === 0) return;
    void go();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('account.password.title')}
      description={t('account.password.text')}
      actions={
        <>
          <Button label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="primary" type="submit" form="change-password" label={t('account.password.act')} working={change.running} />
        </>
      }
    >
      <form id="change-password" className="stack" onSubmit={submit} noValidate>
        <Field
          label={t('account.password.current')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onValue={setCurrentPassword}
          {...(tried && currentPassword === '' ? { tone: 'bad', hint: t('account.password.currentMissing') } : {})}
        />
        <NewPassword value={newPassword} onValue={setNewPassword} tried={tried} />
        <FailureNote failure={change.failure} />
      </form>
    </Modal>
  );
}
