import { useState, type FormEvent, type ReactNode } from 'react';
import type { AddressCode } from '#contract/account/index.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { ConfirmAddress } from './confirm-address.tsx';

/** Another address, or a first one: the password is asked for, then the code that was sent there. */
export function ChangeAddress(props: {
  readonly kind: AddressCode['kind'];
  readonly first: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { kind, first } = props;
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const ask = useAction(() => desk.client.account.changeAddress({ address: address.trim(), password }));
  // The service takes either kind of address; here one of them was asked for.
  const fits = address.trim().length >= 3 && address.includes('@') === (kind === 'email');
  const go = async (): Promise<void> => {
    if ((await ask.run()) !== null) setSent(true);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (fits && password !== '') void go();
  };
  if (sent) return <ConfirmAddress kind={kind} address={address.trim()} onAgain={() => ask.run()} onClose={props.onClose} />;
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t(first ? `account.address.addNamed.${kind}` : `account.address.changeNamed.${kind}`)}
      description={t(`account.address.text.${kind}`)}
      actions={
        <>
          <Button label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="primary" type="submit" form="change-address" label={t('account.address.send')} working={ask.running} />
        </>
      }
    >
      <form id="change-address" className="stack" onSubmit={submit} noValidate>
        <Field
          label={t(`account.address.new.${kind}`)}
          name="address"
          autoComplete={kind === 'email' ? 'email' : 'tel'}
          autoCapitalize="none"
          spellCheck={false}
          value={address}
          onValue={setAddress}
          {...(tried && !fits ? { tone: 'bad', hint: t(`account.address.missing.${kind}`) } : {})}
        />
        <Field
          label={t('welcome.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          {...(tried && password === '' ? { tone: 'bad', hint: t('welcome.passwordMissing') } : {})}
        />
        <FailureNote failure={ask.failure} />
      </form>
    </Modal>
  );
}
