import { useState, type FormEvent, type ReactNode } from 'react';
import type { AddressCode } from '#contract/account/index.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { useToast } from '#renderer/ui/toast.tsx';

const codeLength = 6;

/** The code that was sent to an address. `onAgain`: how another one is sent; left out, the address is one that the account has. */
export function ConfirmAddress(props: {
  readonly kind: AddressCode['kind'];
  readonly address: string;
  readonly onAgain?: () => Promise<unknown>;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const { kind, address, onAgain } = props;
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [again, setAgain] = useState(false);
  const digits = code.replaceAll(/\s/gu, '');
  const complete = digits.length === codeLength && /^\d+$/u.test(digits);
  const confirm = useAction(() => desk.client.account.confirmAddress({ code: digits }));
  const send = useAction(() => onAgain?.() ?? desk.client.account.verifyAddress({ kind }));
  const go = async (): Promise<void> => {
    if ((await confirm.run()) === null) return;
    toast(t('account.address.done', { address }));
    props.onClose();
  };
  const sendAgain = async (): Promise<void> => {
    confirm.clear();
    if ((await send.run()) !== null) setAgain(true);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (complete) void go();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t(`account.address.confirmNamed.${kind}`)}
      description={t(onAgain === undefined && !again ? 'account.address.codeWanted' : 'account.address.codeSent', { address })}
      actions={
        <>
          <Button label={t('account.address.again')} working={send.running} onClick={() => void sendAgain()} />
          <Button kind="primary" type="submit" form="confirm-address" label={t('account.address.confirm')} working={confirm.running} />
        </>
      }
    >
      <form id="confirm-address" className="stack" onSubmit={submit} noValidate>
        <Field
          label={t('account.address.code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={codeLength + 4}
          value={code}
          onValue={setCode}
          {...(tried && !complete ? { tone: 'bad', hint: t('account.address.codeMissing') } : {})}
        />
        <FailureNote failure={confirm.failure ?? send.failure} />
      </form>
    </Modal>
  );
}
