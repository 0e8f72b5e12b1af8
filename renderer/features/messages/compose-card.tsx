import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction, useAnswer } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox, Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';

const longestText = 10_000;

/** A new message; in how many parts it goes is said while it is written. */
export function ComposeCard({ deviceId, usable }: { readonly deviceId: string; readonly usable: boolean }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const id = useId();
  const [to, setTo] = useState('');
  const [text, setText] = useState('');
  const [report, setReport] = useState(false);
  const plan = useAnswer(text, async () => (text === '' ? null : desk.client.messages.plan({ text })));
  const send = useAction(() => desk.client.messages.send({ deviceId, to, text, report }));
  const go = async (): Promise<void> => {
    if ((await send.run()) !== null) setText('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to.trim() !== '' && text !== '') void go();
  };
  const cost = plan.value;
  return (
    <Card title={t('messages.compose.title')}>
      <form className="card-body full stack" onSubmit={submit} noValidate>
        <Field label={t('messages.compose.to')} name="to" type="tel" autoComplete="off" maxLength={40} value={to} onValue={setTo} />
        <div className="field">
          <label className="label" htmlFor={id}>
            {t('messages.compose.text')}
          </label>
          <textarea
            id={id}
            className="input"
            name="text"
            rows={4}
            maxLength={longestText}
            value={text}
            aria-describedby={`${id}-cost`}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="hint" id={`${id}-cost`}>
            {cost === null ? t('messages.compose.hint') : t(`messages.cost.${cost.alphabet}`, { count: cost.parts, left: cost.unitsLeft })}
          </span>
        </div>
        <Checkbox label={t('messages.compose.report')} checked={report} onChange={setReport} />
        <FailureNote failure={plan.failure ?? send.failure} />
        <div className="row">
          <Button
            type="submit"
            kind="primary"
            icon="send"
            label={t('messages.compose.send')}
            disabled={!usable || to.trim() === '' || text === ''}
            working={send.running}
          />
        </div>
        {usable ? null : <p className="sub">{t('messages.notNow')}</p>}
      </form>
    </Card>
  );
}
