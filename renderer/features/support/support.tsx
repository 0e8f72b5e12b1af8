import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useAccount, useDesk, useLine } from '#renderer/app/desk.tsx';
import { useIntent } from '#renderer/app/intent.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectBox } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner, Card, Facts, type Fact } from '#renderer/ui/surfaces.tsx';

const longestText = 4_000;
const subjects = ['plan', 'payment', 'device', 'other'] as const;

/** Writing to the provider; the line, its plan and the order in question go along and are shown before they do. */
export function Support(): ReactNode {
  const { t } = useWords();
  const account = useAccount().value;
  return (
    <Screen name="support" title={t('support.title')}>
      {account?.state === 'signedIn' ? <SupportForm /> : <SupportByMail />}
    </Screen>
  );
}

function SupportForm(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const id = useId();
  const account = useAccount().value;
  const line = useLine();
  const intent = useIntent();
  const [subject, setSubject] = useState<(typeof subjects)[number]>(intent.subject ?? 'plan');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState<{ readonly number: string; readonly answerTo: string } | null>(null);
  const order = account?.orders.find(({ orderId }) => orderId === intent.orderId) ?? null;
  const send = useAction(() =>
    desk.client.account.contactSupport({ subject, text: text.trim(), lineId: line?.lineId ?? null, orderId: order?.orderId ?? null }),
  );
  const missing = tried && text.trim() === '';
  const go = async (): Promise<void> => {
    const answer = await send.run();
    if (answer !== null) setSent(answer);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (text.trim() === '') return;
    void go();
  };
  const attached: Fact[] = [
    ...(line === null
      ? []
      : ([
          [t('review.line'), writePhone(line.msisdn)],
          [t('review.plan'), line.plan.name],
        ] as const)),
    ...(order === null ? [] : ([[t('orders.order'), order.number]] as const)),
  ];
  if (sent !== null) {
    return (
      <Banner tone="ok" icon="check" title={t('support.sent', { number: sent.number })}>
        {t('support.answer', { address: sent.answerTo })}
      </Banner>
    );
  }
  return (
    <div className="two wide-left top-align">
      <Card>
        <form className="card-body full stack" onSubmit={submit} noValidate>
          <SelectBox
            label={t('support.subject')}
            value={subject}
            items={subjects.map((value) => ({ value, label: t(`support.subjects.${value}`) }))}
            onChange={setSubject}
          />
          <div className={`field ${missing ? 'bad' : ''}`}>
            <label className="label" htmlFor={id}>
              {t('support.text')}
            </label>
            <textarea
              id={id}
              className="input"
              name="text"
              rows={8}
              maxLength={longestText}
              aria-invalid={missing || undefined}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <span className="hint" role={missing ? 'alert' : undefined}>
              {missing ? t('support.textWanted') : t('support.textHint')}
            </span>
          </div>
          <FailureNote failure={send.failure} />
          <div className="row">
            <Button type="submit" kind="primary" icon="send" label={t('support.send')} working={send.running} />
          </div>
        </form>
      </Card>
      <Card title={t('support.attached')}>
        <div className="card-body stack s3">
          {attached.length === 0 ? <p className="muted">{t('support.nothing')}</p> : <Facts facts={attached} />}
          <p className="sub">{t('support.privacy')}</p>
        </div>
      </Card>
    </div>
  );
}

/** Without an account there is nothing to attach: a mail does it. */
function SupportByMail(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const address = useAccount().value?.service?.supportEmail ?? null;
  const open = useAction(() => desk.client.system.openLink({ link: 'supportMail' }));
  return (
    <Card>
      <div className="card-body full stack s3">
        <p className="md">{t('support.signedOut')}</p>
        {address === null ? null : <p className="mono">{address}</p>}
        <div className="row">
          <Button icon="mail" end="external" label={t('support.mail')} working={open.running} onClick={() => void open.run()} />
        </div>
        <FailureNote failure={open.failure} />
      </div>
    </Card>
  );
}
