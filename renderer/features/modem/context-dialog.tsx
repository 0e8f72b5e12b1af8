import { useState, type FormEvent, type ReactNode } from 'react';
import type { PacketData } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field, SelectBox } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import type { PacketContext } from './contexts.ts';

type ContextType = 'ipv4' | 'ipv6' | 'ipv4v6';
type Protocol = 'none' | 'pap' | 'chap';

export const typeNames = { ipv4: 'IPv4', ipv6: 'IPv6', ipv4v6: 'IPv4v6' } as const satisfies Record<ContextType, string>;
const types: readonly ContextType[] = ['ipv4v6', 'ipv4', 'ipv6'];
const protocols = ['none', 'pap', 'chap'] as const satisfies readonly Protocol[];
/** 3GPP TS 23.003 §9.1. */
const apnShape = /^[A-Za-z0-9.-]{0,100}$/u;
/** What a command line of the modem can hold between quotes. */
const credentialShape = /^[ !#-[\]-~]{0,64}$/u;

/** A context, new or as it is: the name of its access point, its addresses, and who one is there. */
export function ContextDialog(props: {
  readonly deviceId: string;
  readonly cid: number;
  /** Null: a new one. */
  readonly context: PacketContext | null;
  readonly onClose: () => void;
  readonly onSaved: (data: PacketData) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId, cid, context } = props;
  const before = context?.authentication ?? null;
  const [apn, setApn] = useState(context?.apn ?? '');
  const [type, setType] = useState<ContextType>(context === null || context.type === 'other' ? 'ipv4v6' : context.type);
  const [protocol, setProtocol] = useState<Protocol>(before?.protocol ?? 'none');
  const [userName, setUserName] = useState(before?.userName ?? '');
  const [password, setPassword] = useState('');
  // The modem does not tell the password: what is not touched stays as it is.
  const touched = protocol !== (before?.protocol ?? 'none') || userName !== (before?.userName ?? '') || password !== '';
  const authentication = protocol === 'none' ? { protocol, userName: '', password: '' } : { protocol, userName, password };
  const save = useAction(() => desk.client.modem.setContext({ deviceId, cid, type, apn, ...(touched ? { authentication } : {}) }));
  const apnFits = apnShape.test(apn);
  const userFits = credentialShape.test(userName);
  const passwordFits = credentialShape.test(password);
  const fits = apnFits && (protocol === 'none' || (userFits && passwordFits));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!fits) return;
    const after = await save.run();
    if (after !== null) props.onSaved(after);
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t(context === null ? 'modem.data.add' : 'modem.data.edit', { cid })}
      actions={
        <>
          <Button label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="primary" type="submit" form="context" label={t('modem.data.save')} disabled={!fits} working={save.running} />
        </>
      }
    >
      <form id="context" className="stack s3" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label="APN"
          name="apn"
          className="mono"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={apn}
          onValue={(value) => setApn(value.trim())}
          hint={t(apnFits ? 'modem.data.apnHint' : 'modem.data.apnBad')}
          {...(apnFits ? {} : { tone: 'bad' as const })}
        />
        <SelectBox
          label={t('modem.data.type')}
          value={type}
          items={types.map((value) => ({ value, label: typeNames[value] }))}
          onChange={setType}
        />
        <SelectBox
          label={t('modem.data.authentication')}
          value={protocol}
          items={protocols.map((value) => ({ value, label: t(`modem.data.protocol.${value}`) }))}
          onChange={setProtocol}
        />
        {protocol === 'none' ? null : (
          <>
            <Field
              label={t('modem.data.userName')}
              name="userName"
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
              value={userName}
              onValue={setUserName}
              {...(userFits ? {} : { tone: 'bad' as const, hint: t('modem.data.credentialBad') })}
            />
            <Field
              label={t('modem.data.password')}
              name="password"
              type="password"
              autoComplete="off"
              maxLength={64}
              value={password}
              onValue={setPassword}
              {...(passwordFits
                ? before !== null && before.protocol !== 'none' && !touched
                  ? { hint: t('modem.data.passwordKept') }
                  : {}
                : { tone: 'bad' as const, hint: t('modem.data.credentialBad') })}
            />
          </>
        )}
        <FailureNote failure={save.failure} />
      </form>
    </Modal>
  );
}
