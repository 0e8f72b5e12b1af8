import { useEffect, useState, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { breakCode } from './broken-code.ts';
import { offerOfCode, type Offer } from './offer.ts';
import { useReadCode } from './use-read-code.ts';

/** The parts of a code field by field, for whoever was given them that way. */
export function ManualWay({ onOffer }: { readonly onOffer: (offer: Offer | null) => void }): ReactNode {
  const { t } = useWords();
  const [address, setAddress] = useState('');
  const [matchingId, setMatchingId] = useState('');
  const [oid, setOid] = useState('');
  const [confirmationCode, setConfirmationCode] = useState('');
  const empty = [address, matchingId, oid].every((field) => field.trim() === '');
  const text = empty ? '' : `LPA:1$${address.trim()}$${matchingId.trim()}${oid.trim() === '' ? '' : `$${oid.trim()}`}`;
  const { code, failure, text: about } = useReadCode(text);
  const given = confirmationCode.trim();
  useEffect(() => {
    onOffer(code === null ? null : offerOfCode(code, given));
  }, [code, given, onOffer]);
  const broken = failure?.code === 'ACTIVATION_CODE_INVALID' ? breakCode(about, failure.details).part : null;
  const wrong = (part: 'address' | 'matchingId' | 'smdpOid'): { readonly tone?: 'bad'; readonly hint?: string } =>
    broken === part ? { tone: 'bad', hint: t(`addProfile.broken.${part}`) } : {};
  const common = { className: 'mono', autoComplete: 'off', spellCheck: false } as const;
  return (
    <div className="stack s3">
      <Field
        {...common}
        label={t('addProfile.manual.address')}
        name="address"
        placeholder="smdp.example.com"
        value={address}
        onValue={setAddress}
        {...wrong('address')}
      />
      <Field
        {...common}
        label={t('addProfile.manual.matchingId')}
        name="matchingId"
        hint={t('addProfile.manual.matchingIdHint')}
        value={matchingId}
        onValue={setMatchingId}
        {...wrong('matchingId')}
      />
      <Field
        {...common}
        label={t('addProfile.manual.oid')}
        name="smdpOid"
        hint={t('addProfile.manual.optional')}
        value={oid}
        onValue={setOid}
        {...wrong('smdpOid')}
      />
      <Field
        {...common}
        label={t('addProfile.manual.confirmationCode')}
        name="confirmationCode"
        hint={t('addProfile.manual.confirmationCodeHint')}
        maxLength={64}
        value={confirmationCode}
        onValue={setConfirmationCode}
      />
      {failure === null || (broken !== null && ['address', 'matchingId', 'smdpOid'].includes(broken)) ? null : (
        <FailureNote failure={failure} />
      )}
    </div>
  );
}
