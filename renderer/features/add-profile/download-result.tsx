import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import { assertNever } from '#renderer/app/assert-never.ts';
import { useDesk, useTasks } from '#renderer/app/desk.tsx';
import type { Intent } from '#renderer/app/intent.ts';
import { pathOfAddProfile, pathOfProfiles } from '#renderer/app/navigation.ts';
import { useAction } from '#renderer/app/use-action.ts';
import { writeIccid } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Icon, type IconName } from '#renderer/ui/icon.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';
import { chipAddress, chipName, euiccsOf, type Chip } from './chips.ts';
import { codeOfDownload } from './codes-in-use.ts';
import { outcomeOf, type DeclineReason } from './outcome.ts';
import { previewName, ProfilePicture } from './preview-facts.tsx';

const declinedKeys = { endUserRejection: 'rejected', postponed: 'postponed', cancelled: 'cancelled' } as const;

/** How a download ended, and what can be done now. */
export function DownloadResult(props: {
  readonly task: Task;
  readonly device: Device | undefined;
  /** Said in this window; null where it was cancelled or said elsewhere. */
  readonly declined: DeclineReason | null;
}): ReactNode {
  const { task, device, declined } = props;
  const { t } = useWords();
  const outcome = outcomeOf(task);
  switch (outcome) {
    case 'installed':
      return <Installed task={task} device={device} />;
    case 'failed':
      return (
        <NotInstalled
          task={task}
          title={t('addProfile.result.failed')}
          text={task.preview === null ? '' : previewName(task.preview)}
          failed
        />
      );
    case 'declined':
    case 'running':
      return (
        <NotInstalled
          task={task}
          title={t('addProfile.result.declined')}
          text={t(`addProfile.result.${declinedKeys[declined ?? 'cancelled']}`)}
        />
      );
    default:
      return assertNever(outcome);
  }
}

function Installed({ task, device }: { readonly task: Task; readonly device: Device | undefined }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const chip = device === undefined ? undefined : chipOf(device, task.iccid);
  const enabled = chip?.euicc.profiles.some(({ iccid, state }) => iccid === task.iccid && state === 'enabled') === true;
  const switching = (useTasks().value ?? []).find(
    ({ kind, iccid, deviceId, startedAt }) =>
      kind === 'profile.enable' && iccid === task.iccid && deviceId === task.deviceId && startedAt >= task.startedAt,
  );
  const enable = useAction(async () => {
    if (chip === undefined || task.iccid === null) return;
    await desk.client.profiles.enable({ ...chipAddress(chip), iccid: task.iccid });
  });
  const { preview } = task;
  const name = preview === null ? (task.profileName ?? t('tasks.profile')) : previewName(preview);
  const queued = task.deliveries.some(({ state, event }) => event === 'install' && state === 'queued');
  const facts: Fact[] = [
    ['ICCID', task.iccid === null ? '–' : <Mono key="iccid">{writeIccid(task.iccid)}</Mono>],
    [t('addProfile.result.chip'), chip === undefined ? '–' : chipName(chip, t)],
    [t('addProfile.result.server'), preview === null ? '–' : <Mono key="server">{preview.server}</Mono>],
  ];
  const leave = (): void => navigate(pathOfProfiles(task.deviceId));
  return (
    <section className="card hero" data-outcome="installed">
      <div className="hero-head">
        <Seal tone="" icon="check" />
        <div className="grow" role="status">
          <h2 className="display">{t(enabled ? 'addProfile.result.enabled' : 'addProfile.result.installed', { name })}</h2>
          <p className="md muted">{t(enabled ? 'addProfile.result.enabledText' : 'addProfile.result.installedText')}</p>
        </div>
        {preview === null ? null : <ProfilePicture preview={preview} />}
      </div>
      <Facts form="cols wide" facts={facts} />
      {preview === null ? null : (
        <p className="row s2">
          <Icon name={queued ? 'clock' : 'check'} className={queued ? 's warning-text' : 's success-text'} />
          {t(queued ? 'addProfile.result.queued' : 'addProfile.result.told', { server: preview.server })}
        </p>
      )}
      <FailureNote failure={enable.failure ?? switching?.error ?? null} />
      <div className="hero-acts wrap">
        {enabled ? (
          <Badge tone="ok">{t('profiles.states.enabled')}</Badge>
        ) : (
          <Button
            kind="primary"
            size="large"
            icon="power"
            label={t('addProfile.result.enable')}
            disabled={chip === undefined}
            working={enable.running || switching?.state === 'running'}
            onClick={() => void enable.run()}
          />
        )}
        <Button size="large" kind={enabled ? 'primary' : 'plain'} label={t('addProfile.result.done')} onClick={leave} />
      </div>
    </section>
  );
}

/** The secure element that the profile is on now; before the device is read again, none. */
function chipOf(device: Device, iccid: string | null): Chip | undefined {
  const euicc = euiccsOf(device).find(({ profiles }) => profiles.some((profile) => profile.iccid === iccid));
  return euicc === undefined ? undefined : { device, euicc };
}

function NotInstalled(props: { readonly task: Task; readonly title: string; readonly text: string; readonly failed?: boolean }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { task, failed = false } = props;
  const again = (): void => {
    const activationCode = codeOfDownload(task.taskId);
    navigate(pathOfAddProfile(task.deviceId), { state: (activationCode === undefined ? {} : { activationCode }) satisfies Intent });
  };
  return (
    <section className="card hero" data-outcome={failed ? 'failed' : 'declined'}>
      <div className="hero-head">
        <Seal tone={failed ? 'bad' : 'neutral'} icon={failed ? 'x' : 'minus'} />
        <div className="grow" role="status">
          <h2 className="display">{props.title}</h2>
          <p className="md muted">{props.text}</p>
        </div>
      </div>
      <FailureNote failure={task.error} />
      <div className="hero-acts wrap">
        <Button kind="primary" size="large" label={t('addProfile.result.again')} onClick={again} />
        <Button size="large" label={t('addProfile.result.done')} onClick={() => navigate(pathOfProfiles(task.deviceId))} />
      </div>
    </section>
  );
}

function Seal({ tone, icon }: { readonly tone: '' | 'bad' | 'neutral'; readonly icon: IconName }): ReactNode {
  return (
    <span className={`seal ${tone}`}>
      <Icon name={icon} />
    </span>
  );
}
