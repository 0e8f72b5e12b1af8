import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { breakCode } from './broken-code.ts';
import { offerOfCode, type Offer } from './offer.ts';
import { useReadCode } from './use-read-code.ts';

/** A code that is typed or pasted, or that was read from a picture: read while it changes, with the place where it breaks off. */
export function TextWay(props: {
  readonly text: string;
  readonly fromPicture: boolean;
  readonly onText: (text: string) => void;
  readonly onOffer: (offer: Offer | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { text, onOffer } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { code, failure, text: about } = useReadCode(text);
  useEffect(() => {
    onOffer(code === null ? null : offerOfCode(code));
  }, [code, onOffer]);
  const broken = failure?.code === 'ACTIVATION_CODE_INVALID' ? breakCode(about, failure.details) : null;
  return (
    <div className="stack s3">
      <div className={`field ${code === null ? (broken === null ? '' : 'bad') : 'good'}`}>
        <label className="label" htmlFor={id}>
          {t('addProfile.text.label')}
        </label>
        <textarea
          id={id}
          ref={area}
          className="input code-input mono"
          name="activationCode"
          rows={4}
          spellCheck={false}
          autoComplete="off"
          placeholder="LPA:1$smdp.example.com$A1B2-C3D4"
          value={text}
          aria-invalid={broken !== null || undefined}
          aria-describedby={`${id}-hint`}
          onChange={(event) => props.onText(event.target.value)}
        />
        <span className="hint" id={`${id}-hint`} role="status">
          {code !== null
            ? props.fromPicture
              ? t('addProfile.text.found')
              : t('addProfile.text.good')
            : broken === null
              ? t('addProfile.text.hint')
              : t(`addProfile.broken.${broken.part}`)}
        </span>
      </div>
      {broken === null ? (
        <FailureNote failure={failure} />
      ) : (
        <div className="stack s2">
          <p className="sub">{t('addProfile.text.broken')}</p>
          <p className="code broken" data-part={broken.part}>
            {broken.before}
            <mark>{broken.wrong === '' ? '…' : broken.wrong}</mark>
            {broken.after}
          </p>
        </div>
      )}
      {code === null ? (
        <p className="sub row s2">
          <Icon name="info" className="s" />
          <span>
            {t('addProfile.text.form')} <span className="mono">LPA:1$address$matchingId[$oid[$1]]</span>
          </span>
        </p>
      ) : null}
    </div>
  );
}
