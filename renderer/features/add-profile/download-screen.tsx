import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Task } from '#contract/desk/tasks.ts';
import { assertNever } from '#renderer/app/assert-never.ts';
import { useDesk, useDevices, useTasks } from '#renderer/app/desk.tsx';
import { pathOfProfiles } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { taskTitle, useChainOfTask } from '#renderer/features/profiles/task-steps.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card } from '#renderer/ui/surfaces.tsx';
import { DownloadResult } from './download-result.tsx';
import { DownloadRunning } from './download-running.tsx';
import { outcomeOf, type DeclineReason } from './outcome.ts';
import './add-profile.css';

type Stage = 'lookUp' | 'preview' | 'code' | 'install' | 'result';

/** One download from its first step to its result. It goes on when this screen is left, and waits for the person where it needs to. */
export function DownloadScreen({ deviceId, taskId }: { readonly deviceId: string; readonly taskId: string }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { value, failure } = useTasks();
  const devices = useDevices().value?.devices ?? [];
  const device = devices.find((candidate) => candidate.deviceId === deviceId);
  const task = value?.find((candidate) => candidate.taskId === taskId);
  const [declined, setDeclined] = useState<DeclineReason | null>(null);
  const stage = task === undefined ? 'result' : stageOf(task);
  return (
    <Screen
      // Each stage is a screen of its own to whoever listens: its title is read when it comes.
      name={`add-profile-${stage}`}
      title={task === undefined ? t('addProfile.title') : t(`addProfile.stage.${stage}`)}
      back={{ path: pathOfProfiles(deviceId), label: t('addProfile.back') }}
      actions={
        <>
          {device?.virtual === true ? <Badge tone="line">{t('devices.virtual')}</Badge> : null}
          {task?.testRoots === true ? <Badge tone="warn">{t('tasks.testRoot')}</Badge> : null}
        </>
      }
    >
      {value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : task === undefined ? (
        <Card>
          <Empty title={t('addProfile.result.gone')} text={t('addProfile.result.goneText')}>
            <Button kind="primary" label={t('addProfile.back')} onClick={() => navigate(pathOfProfiles(deviceId))} />
          </Empty>
        </Card>
      ) : (
        <div className="two add-grid fill" data-stage={stage}>
          {outcomeOf(task) === 'running' ? (
            <DownloadRunning task={task} onDecline={setDeclined} />
          ) : (
            <DownloadResult task={task} device={device} declined={declined} />
          )}
          <Steps task={task} />
        </div>
      )}
    </Screen>
  );
}

function stageOf(task: Task): Stage {
  if (task.state !== 'running') return 'result';
  if (task.need === null) return task.preview === null ? 'lookUp' : 'install';
  switch (task.need.kind) {
    case 'approval':
    case 'consentToPpr':
      return 'preview';
    case 'confirmationCode':
      return 'code';
    default:
      return assertNever(task.need);
  }
}

function Steps({ task }: { readonly task: Task }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const cancel = useAction(() => desk.client.tasks.cancel({ taskId: task.taskId }));
  const running = task.state === 'running';
  return (
    <Card className="scroll" title={t('addProfile.steps.title')}>
      <div className="body card-body">
        <Chain form="small" label={taskTitle(task, t)} steps={useChainOfTask(task)} />
      </div>
      {running ? (
        <div className="card-foot column">
          <FailureNote failure={cancel.failure} />
          <p className="sub">{task.cancellable ? t('addProfile.steps.leave') : t('addProfile.steps.noCancel')}</p>
          {task.cancellable ? (
            <Button block label={t('addProfile.steps.cancel')} working={cancel.running} onClick={() => void cancel.run()} />
          ) : null}
        </div>
      ) : null}
    </Card>
  );
}
