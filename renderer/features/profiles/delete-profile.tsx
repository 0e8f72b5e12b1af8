import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Profile } from '#contract/desk/devices.ts';
import { useAccount, useDesk, useSettings } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox, Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner } from '#renderer/ui/surfaces.tsx';

/** Deleting asks for the name to be typed. An enabled profile is disabled first, and the dialog says so: deleting is the consent. */
export function DeleteProfile(props: { readonly chip: Chip; readonly profile: Profile; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { chip, profile } = props;
  const name = profileName(profile);
  const enabled = profile.state === 'enabled';
  const ownLine = useAccount().value?.lines.some((line) => line.iccid === profile.iccid) === true;
  const first = useRef<HTMLButtonElement>(null);
  const technician = useSettings().value?.technicianMode === true;
  const [typed, setTyped] = useState('');
  const [leave, setLeave] = useState(false);
  const remove = useAction(() =>
    desk.client.profiles.delete({ ...chipAddress(chip), iccid: profile.iccid, disableFirst: enabled, notify: !leave }),
  );
  const matches = typed.trim() === name.trim();
  const go = async (): Promise<void> => {
    if ((await remove.run()) !== null) props.onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!matches) return;
    void go();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('delete.title', { name })}
      description={t('delete.text')}
      initialFocus={first}
      actions={
        <>
          <Button ref={first} label={t('ui.cancel')} onClick={props.onClose} />
          <Button
            kind="danger"
            type="submit"
            form="delete"
            label={enabled ? t('delete.disableAndDelete') : t('delete.act')}
            disabled={!matches}
            working={remove.running}
          />
        </>
      }
    >
      {enabled || ownLine ? (
        <Banner tone="warn" icon="warn" title={ownLine ? t('delete.ownLine') : t('delete.enabled')}>
          {enabled ? t('delete.enabledText') : ''}
        </Banner>
      ) : null}
      <form id="delete" className="stack" onSubmit={submit}>
        <Field
          label={t('delete.type')}
          name="confirmation"
          autoComplete="off"
          spellCheck={false}
          placeholder={name}
          value={typed}
          onValue={setTyped}
        />
        {technician ? (
          <Checkbox label={t('delete.leaveNotifications')} hint={t('delete.leaveNotificationsHint')} checked={leave} onChange={setLeave} />
        ) : null}
        <FailureNote failure={remove.failure} />
      </form>
    </Modal>
  );
}
