import { useState, type FormEvent, type ReactNode } from 'react';
import { useDesk, useDevices } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { writeIccid, writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { useToast } from '#renderer/ui/toast.tsx';

const iccidForm = /^\d{18,20}$/u;

/** No line on the account yet: take one in by the number and the code that are printed with the card. */
export function ClaimLine(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const seen = useSeenIccids();
  const [iccid, setIccid] = useState('');
  const [claimCode, setClaimCode] = useState('');
  const [tried, setTried] = useState(false);
  const claim = useAction((input: { readonly iccid: string; readonly claimCode: string }) => desk.client.account.claimLine(input));
  const digits = iccid.replaceAll(/\s/gu, '');
  const iccidBad = tried && !iccidForm.test(digits);
  const codeBad = tried && claimCode.trim().length < 4;
  const take = async (): Promise<void> => {
    const line = await claim.run({ iccid: digits, claimCode: claimCode.trim() });
    if (line === null) return;
    desk.lineId.set(line.lineId);
    toast(t('claim.done', { number: writePhone(line.msisdn) }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!iccidForm.test(digits) || claimCode.trim().length < 4) return;
    void take();
  };
  return (
    <section className="empty fill">
      <form className="card claim" onSubmit={submit} noValidate>
        <div>
          <h2 className="display">{t('claim.title')}</h2>
          <p className="md muted">{t('claim.text')}</p>
        </div>
        <Field
          large
          label="ICCID"
          name="iccid"
          inputMode="numeric"
          autoComplete="off"
          className="mono"
          value={iccid}
          onValue={setIccid}
          hint={iccidBad ? t('claim.iccidWanted') : t('claim.iccidHint')}
          {...(iccidBad ? { tone: 'bad' } : {})}
        />
        {seen.length === 0 ? null : (
          <p className="row s2 wrap">
            <span className="muted">{t('claim.seen')}</span>
            {seen.map((value) => (
              <Button key={value} size="compact" label={writeIccid(value)} onClick={() => setIccid(writeIccid(value))} />
            ))}
          </p>
        )}
        <Field
          large
          label={t('claim.code')}
          name="claimCode"
          autoComplete="off"
          autoCapitalize="characters"
          className="mono"
          value={claimCode}
          onValue={setClaimCode}
          hint={codeBad ? t('claim.codeWanted') : t('claim.codeHint')}
          {...(codeBad ? { tone: 'bad' } : {})}
        />
        <FailureNote failure={claim.failure} />
        <Button type="submit" kind="primary" size="large" block label={t('claim.act')} working={claim.running} />
      </form>
    </section>
  );
}

/** Profiles of our own name on the chips that are plugged in: very likely the card in the person's hand. */
function useSeenIccids(): readonly string[] {
  const devices = useDevices().value?.devices ?? [];
  const profiles = devices.flatMap(euiccsOf).flatMap((euicc) => euicc.profiles);
  const own = profiles.filter((profile) => profile.serviceProviderName?.toUpperCase().startsWith('LEB') === true);
  return [...new Set(own.map((profile) => profile.iccid))].slice(0, 3);
}
