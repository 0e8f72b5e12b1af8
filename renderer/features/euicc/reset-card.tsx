import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useAccount, useDesk } from '#renderer/app/desk.tsx';
import { useTaskAction } from '#renderer/app/use-task-action.ts';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox, Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner, Card } from '#renderer/ui/surfaces.tsx';
import { confirmationOf, nothingChosen, profilesLost, resetChoices, type ResetChoice } from './reset-losses.ts';

/** Deleting what is on the chip, all at once. */
export function ResetCard(chip: Chip): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { device, euicc } = chip;
  const [asking, setAsking] = useState(false);
  const reset = useTaskAction((choice: ResetChoice) => desk.client.euicc.resetMemory({ ...chipAddress(chip), eid: euicc.eid, ...choice }));
  const busy = device.busyTaskId !== null || device.state !== 'ready';
  return (
    <Card title={t('euicc.reset.title')}>
      <div className="card-body stack s3">
        <p className="muted">{t('euicc.reset.about')}</p>
        <div className="row">
          <Button
            className="danger-quiet"
            icon="trash"
            label={t('euicc.reset.open')}
            disabled={busy && !reset.running}
            working={reset.running}
            onClick={() => setAsking(true)}
          />
        </div>
        <FailureNote failure={reset.failure} />
      </div>
      {asking ? <ResetDialog chip={chip} onClose={() => setAsking(false)} onReset={reset.run} /> : null}
    </Card>
  );
}

/** Says exactly what is lost, and asks for the end of the EID: it is the chip in hand that is meant. */
function ResetDialog(props: {
  readonly chip: Chip;
  readonly onClose: () => void;
  readonly onReset: (choice: ResetChoice) => Promise<boolean>;
}): ReactNode {
  const { t } = useWords();
  const { euicc } = props.chip;
  const lines = useAccount().value?.lines ?? [];
  const [choice, setChoice] = useState(nothingChosen);
  const [typed, setTyped] = useState('');
  const safe = useRef<HTMLButtonElement>(null);
  const lost = resetChoices.flatMap((name) => (choice[name] ? profilesLost(euicc, name) : []));
  const ownLine = lost.some(({ iccid }) => lines.some((line) => line.iccid === iccid));
  const anything = resetChoices.some((name) => choice[name]);
  const confirmed = anything && typed.trim() === confirmationOf(euicc.eid);
  const hintOf = (name: keyof ResetChoice): string => {
    if (name === 'defaultSmdpAddress')
      return euicc.defaultSmdpAddress === null ? t('euicc.reset.factory') : t('euicc.reset.address', { address: euicc.defaultSmdpAddress });
    const names = profilesLost(euicc, name).map(profileName);
    return names.length === 0 ? t('euicc.reset.none') : names.join(t('ui.enumeration'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!confirmed) return;
    // What comes of it is said where it was asked for.
    void props.onReset(choice);
    props.onClose();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('euicc.reset.title')}
      description={t('euicc.reset.text')}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="danger" type="submit" form="reset" label={t('euicc.reset.act')} disabled={!confirmed} />
        </>
      }
    >
      <form id="reset" className="stack" onSubmit={submit}>
        {resetChoices.map((name) => (
          <Checkbox
            key={name}
            label={t(`euicc.reset.choice.${name}`)}
            hint={hintOf(name)}
            checked={choice[name]}
            onChange={(checked) => setChoice({ ...choice, [name]: checked })}
          />
        ))}
        {lost.length === 0 ? null : (
          <Banner tone="warn" icon="warn" title={t('euicc.reset.lost', { count: lost.length })}>
            {ownLine ? t('euicc.reset.ownLine') : t('euicc.reset.lostText')}
          </Banner>
        )}
        <Field
          label={t('euicc.reset.type')}
          name="confirmation"
          autoComplete="off"
          inputMode="numeric"
          maxLength={4}
          placeholder={confirmationOf(euicc.eid)}
          value={typed}
          onValue={setTyped}
        />
      </form>
    </Modal>
  );
}
