import { useState, type FormEvent, type ReactNode } from 'react';
import type { UssdReply } from '#contract/desk/messages.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';

/** A code to the network, its answer, and the answers to its menus. */
export function CodeCard({ deviceId, usable }: { readonly deviceId: string; readonly usable: boolean }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [text, setText] = useState('');
  const [reply, setReply] = useState<UssdReply | null>(null);
  const send = useAction(() => desk.client.ussd.send({ deviceId, text }));
  const cancel = useAction(() => desk.client.ussd.cancel({ deviceId }));
  const isMenu = reply?.state === 'answerExpected';
  const go = async (): Promise<void> => {
    const next = await send.run();
    setReply(next);
    if (next !== null) setText('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void go();
  };
  const end = async (): Promise<void> => {
    if ((await cancel.run()) !== null) setReply(null);
  };
  return (
    <Card title={t('messages.code.title')} sub={t('messages.code.about')}>
      <form className="card-body full stack" onSubmit={submit} noValidate>
        <div role="status">
          {reply === null ? null : (
            <>
              {reply.text === null ? null : <p className="network-said">{reply.text}</p>}
              {reply.state === 'done' && reply.text !== null ? null : <p className="sub">{t(`messages.code.state.${reply.state}`)}</p>}
            </>
          )}
        </div>
        <Field
          label={isMenu ? t('messages.code.answer') : t('messages.code.code')}
          name="code"
          placeholder={isMenu ? '' : '*100#'}
          autoComplete="off"
          maxLength={182}
          value={text}
          onValue={setText}
        />
        <FailureNote failure={send.failure ?? cancel.failure} />
        <div className="row s2">
          <Button
            type="submit"
            label={isMenu ? t('messages.code.sendAnswer') : t('messages.code.send')}
            disabled={!usable || text.trim() === ''}
            working={send.running}
          />
          {isMenu ? <Button kind="ghost" label={t('messages.code.end')} working={cancel.running} onClick={() => void end()} /> : null}
        </div>
      </form>
    </Card>
  );
}
