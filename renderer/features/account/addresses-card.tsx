import { useState, type ReactNode } from 'react';
import type { Account, AddressCode } from '#contract/account/index.ts';
import { useAccount, useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectBox } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card, Tile } from '#renderer/ui/surfaces.tsx';
import { ChangeAddress } from './change-address.tsx';
import { ChangePassword } from './change-password.tsx';
import { ConfirmAddress } from './confirm-address.tsx';

type Kind = AddressCode['kind'];
type Open = { readonly dialog: 'password' } | { readonly dialog: 'change' | 'confirm'; readonly kind: Kind };

/** What one signs in with, and the language of what is sent there. */
export function AddressesCard(props: { readonly onPassword: () => void }): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState<Open | null>(null);
  const holder = useAccount().value?.account ?? null;
  if (holder === null) return null;
  const close = (): void => setOpen(null);
  return (
    <Card
      title={t('account.signIn')}
      actions={<Button size="compact" label={t('account.password.title')} onClick={() => setOpen({ dialog: 'password' })} />}
    >
      <ul className="list">
        {(['email', 'phone'] as const).map((kind) => (
          <AddressRow key={kind} kind={kind} holder={holder} onOpen={(dialog) => setOpen({ dialog, kind })} />
        ))}
      </ul>
      <div className="card-foot">
        <MailLanguage holder={holder} />
      </div>
      {open?.dialog === 'password' ? <ChangePassword onClose={close} onDone={props.onPassword} /> : null}
      {open?.dialog === 'change' ? <ChangeAddress kind={open.kind} first={holder[open.kind] === null} onClose={close} /> : null}
      {open?.dialog === 'confirm' ? <ConfirmAddress kind={open.kind} address={holder[open.kind] ?? ''} onClose={close} /> : null}
    </Card>
  );
}

function AddressRow(props: {
  readonly kind: Kind;
  readonly holder: Account;
  readonly onOpen: (dialog: 'change' | 'confirm') => void;
}): ReactNode {
  const { t } = useWords();
  const { kind, holder } = props;
  const address = holder[kind];
  const verified = kind === 'email' ? holder.emailVerified : holder.phoneVerified;
  return (
    <li>
      <Tile icon={kind === 'email' ? 'mail' : 'sms'} />
      <div className="what">
        <strong>{address === null ? t(`account.address.none.${kind}`) : kind === 'phone' ? writePhone(address) : address}</strong>
        <p>{t(`settings.${kind}`)}</p>
      </div>
      {address === null ? null : (
        <Badge tone={verified ? 'ok' : 'warn'}>{verified ? t('account.address.verified') : t('account.address.unverified')}</Badge>
      )}
      {address === null || verified ? null : (
        <Button
          size="compact"
          label={t('account.address.confirm')}
          aria-label={t(`account.address.confirmNamed.${kind}`)}
          onClick={() => props.onOpen('confirm')}
        />
      )}
      <Button
        size="compact"
        label={address === null ? t('account.address.add') : t('account.address.change')}
        aria-label={t(address === null ? `account.address.addNamed.${kind}` : `account.address.changeNamed.${kind}`)}
        onClick={() => props.onOpen('change')}
      />
    </li>
  );
}

function MailLanguage({ holder }: { readonly holder: Account }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const choose = useAction((language: 'window' | 'en' | 'zh-CN') => desk.client.account.setMailLanguage({ language }));
  return (
    <div className="stack s2 grow">
      <SelectBox
        label={t('account.mailLanguage.title')}
        value={holder.languageFollows ? 'window' : holder.language}
        items={[
          { value: 'window', label: t('account.mailLanguage.window') },
          { value: 'en', label: t('language.en') },
          { value: 'zh-CN', label: t('language.zh-CN') },
        ]}
        onChange={(language) => void choose.run(language)}
      />
      <FailureNote failure={choose.failure} />
    </div>
  );
}
