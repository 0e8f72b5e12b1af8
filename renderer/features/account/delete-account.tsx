import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useAccount, useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';
import { useToast } from '#renderer/ui/toast.tsx';

/** Deleting asks for the password and for a word, and says what goes, what stays and what becomes of the lines. */
export function DeleteAccount(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const account = useAccount().value;
  const first = useRef<HTMLButtonElement>(null);
  const [password, setPassword] = useState('');
  const [typed, setTyped] = useState('');
  const remove = useAction(() => desk.client.account.deleteAccount({ password }));
  const word = t('account.delete.word');
  const ready = password !== '' && typed.trim().toLowerCase() === word;
  const lines = account?.lines.length ?? 0;
  const orders = account?.orders.length ?? 0;
  const go = async (): Promise<void> => {
    desk.withoutAccount.set(false);
    if ((await remove.run()) !== null) toast(t('account.delete.done'), { text: t('account.delete.doneText') });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) void go();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('account.delete.title')}
      description={t('account.delete.text')}
      initialFocus={first}
      actions={
        <>
          <Button ref={first} label={t('ui.cancel')} onClick={props.onClose} />
          <Button
            kind="danger"
            type="submit"
            form="delete-account"
            label={t('account.delete.act')}
            disabled={!ready}
            working={remove.running}
          />
        </>
      }
    >
      {lines === 0 ? null : (
        <Banner tone="warn" icon="warn" title={t('account.delete.lines', { count: lines })}>
          {t('account.delete.linesText')}
        </Banner>
      )}
      <p className="muted">{orders === 0 ? t('account.delete.nothingKept') : t('account.delete.kept', { count: orders })}</p>
      <form id="delete-account" className="stack" onSubmit={submit} noValidate>
        <Field
          label={t('welcome.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
        />
        <Field
          label={t('account.delete.type', { word })}
          name="confirmation"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={word}
          value={typed}
          onValue={setTyped}
        />
        <FailureNote failure={remove.failure} />
      </form>
    </Modal>
  );
}
