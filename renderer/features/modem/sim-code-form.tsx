import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';

export type SimCodes = { readonly pin: string; readonly puk: string; readonly newPin: string };

const empty = { pin: '', puk: '', newPin: '', repeated: '' } as const;
/** CHV1 has four to eight digits, the unblocking key always eight (3GPP TS 31.101 §9.4, ETSI TS 102 221 §9.5). */
const shapes = { pin: /^\d{4,8}$/u, puk: /^\d{8}$/u, newPin: /^\d{4,8}$/u } as const;

/** Asks for codes of the SIM. They are shown to nobody and gone from the form as soon as they are sent. */
export function SimCodeForm(props: {
  readonly fields: readonly (keyof SimCodes)[];
  readonly act: string;
  readonly primary?: boolean;
  readonly disabled: boolean;
  readonly working: boolean;
  readonly onSend: (codes: SimCodes) => Promise<void>;
  readonly onCancel?: () => void;
}): ReactNode {
  const { t } = useWords();
  const [codes, setCodes] = useState<typeof empty | Readonly<Record<keyof typeof empty, string>>>(empty);
  const first = useRef<HTMLInputElement>(null);
  const { fields } = props;
  const asksNew = fields.includes('newPin');
  const differs = asksNew && codes.repeated !== '' && codes.repeated !== codes.newPin;
  const complete = fields.every((field) => shapes[field].test(codes[field])) && (!asksNew || codes.repeated === codes.newPin);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!complete || props.disabled || props.working) return;
    const { repeated: _repeated, ...sent } = codes;
    setCodes(empty);
    await props.onSend(sent);
    first.current?.focus();
  };
  const field = (name: keyof typeof empty, hint?: string): ReactNode => (
    <Field
      key={name}
      label={t(`modem.lock.field.${name}`)}
      name={name}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={codes[name]}
      onValue={(value) => setCodes({ ...codes, [name]: value.replaceAll(/\D/gu, '') })}
      {...(name === fields[0] ? { inputRef: first } : {})}
      {...(hint === undefined ? {} : { hint })}
      {...(name === 'repeated' && differs ? { tone: 'bad', hint: t('modem.lock.differs') } : {})}
    />
  );
  return (
    <form className="stack s3 codes" onSubmit={(event) => void submit(event)} noValidate>
      {fields.map((name) =>
        field(name, name === 'newPin' ? t('modem.lock.pinHint') : name === 'puk' ? t('modem.lock.pukHint') : undefined),
      )}
      {asksNew ? field('repeated') : null}
      <div className="row s2">
        <Button
          type="submit"
          kind={props.primary === true ? 'primary' : 'plain'}
          label={props.act}
          disabled={props.disabled || !complete}
          working={props.working}
        />
        {props.onCancel === undefined ? null : <Button kind="ghost" label={t('ui.cancel')} onClick={props.onCancel} />}
      </div>
    </form>
  );
}
