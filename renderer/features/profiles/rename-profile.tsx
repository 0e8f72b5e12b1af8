import { useState, type FormEvent, type ReactNode } from 'react';
import type { Profile } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';

/** SGP.22 v2.5 §5.7.21: a nickname is at most 64 bytes of UTF-8. */
const nicknameBytes = 64;

/** A name of the person's own for a profile; an empty one brings the operator's back. */
export function RenameProfile(props: { readonly chip: Chip; readonly profile: Profile; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { chip, profile } = props;
  const [nickname, setNickname] = useState(profile.nickname ?? '');
  const rename = useAction(() => desk.client.profiles.rename({ ...chipAddress(chip), iccid: profile.iccid, nickname: nickname.trim() }));
  const tooLong = new TextEncoder().encode(nickname.trim()).length > nicknameBytes;
  const go = async (): Promise<void> => {
    if ((await rename.run()) !== null) props.onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (tooLong) return;
    void go();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('rename.title', { name: profileName(profile) })}
      actions={
        <>
          <Button label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="primary" type="submit" form="rename" label={t('rename.act')} disabled={tooLong} working={rename.running} />
        </>
      }
    >
      <form id="rename" className="stack" onSubmit={submit}>
        <Field
          label={t('rename.name')}
          name="nickname"
          autoComplete="off"
          value={nickname}
          onValue={setNickname}
          hint={
            tooLong
              ? t('errors:NICKNAME_TOO_LONG.remedy')
              : t('rename.hint', { name: profile.profileName ?? profile.serviceProviderName ?? '–' })
          }
          {...(tooLong ? { tone: 'bad' } : {})}
        />
        <FailureNote failure={rename.failure} />
      </form>
    </Modal>
  );
}
