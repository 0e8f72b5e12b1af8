import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Task, TaskKind } from '#contract/desk/tasks.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { pathOfDownload } from '#renderer/app/navigation.ts';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords, type Translate } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain, type ChainState, type ChainStep } from '#renderer/ui/chain.tsx';
import { Meter } from '#renderer/ui/figures.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, type BadgeTone } from '#renderer/ui/surfaces.tsx';

const kindKeys = {
  'profile.enable': 'enable',
  'profile.disable': 'disable',
  'profile.delete': 'delete',
  'profile.rename': 'rename',
  'profile.download': 'download',
  'profile.discover': 'discover',
  'notification.send': 'sendNotifications',
  'notification.remove': 'removeNotifications',
  'euicc.setDefaultSmdp': 'setDefaultSmdp',
  'euicc.resetMemory': 'resetMemory',
  'modem.scan': 'scan',
  'modem.selectNetwork': 'selectNetwork',
  'modem.restart': 'restart',
  'modem.freeChannels': 'freeChannels',
  'modem.factoryReset': 'factoryReset',
} as const satisfies Record<TaskKind, string>;

const stepStates: Readonly<Record<Task['steps'][number]['state'], ChainState>> = {
  notReached: 'wait',
  running: 'run',
  done: 'ok',
  failed: 'bad',
  skipped: 'wait',
};
const stateTones: Readonly<Record<Task['state'], BadgeTone>> = { running: 'info', done: 'ok', failed: 'bad', cancelled: 'neutral' };

/** What a task does, in words: "Enable LEB Europe". */
export function taskTitle(task: Task, t: Translate): string {
  if (task.kind === 'profile.download' && task.profileName === null && task.preview === null) return t('tasks.kind.downloadUnnamed');
  return t(`tasks.kind.${kindKeys[task.kind]}`, { name: task.profileName ?? task.preview?.profileName ?? t('tasks.profile') });
}

/** The steps of a task as a chain; the one at which the person is waited for shows that. */
export function useChainOfTask(task: Task): readonly ChainStep[] {
  const { t, format } = useWords();
  return task.steps
    .filter(({ state }) => state !== 'skipped')
    .map((step) => ({
      key: step.name,
      state: chainState(task, step.state),
      title: t(`tasks.step.${step.name}`),
      ...(step.at === null ? {} : { meta: format.timeExact(step.at) }),
    }));
}

/** What was cancelled has not failed: the step at which that happened was left, no more. */
function chainState(task: Task, state: Task['steps'][number]['state']): ChainState {
  if (state === 'running' && task.need !== null) return 'act';
  return state === 'failed' && task.state === 'cancelled' ? 'wait' : stepStates[state];
}

/** One task: its title and state, its steps as a chain, what came of it, why it failed, and cancel while that is possible. */
export function TaskSteps({ task }: { readonly task: Task }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const cancel = useAction(() => desk.client.tasks.cancel({ taskId: task.taskId }));
  const title = taskTitle(task, t);
  const waits = task.state === 'running' && task.need !== null;
  return (
    <div className="task" data-task={task.kind} data-state={task.state}>
      <div className="row between">
        <h3>{title}</h3>
        <span className="row s2">
          {task.testRoots ? <Badge tone="warn">{t('tasks.testRoot')}</Badge> : null}
          <Badge tone={waits ? 'warn' : stateTones[task.state]}>{waits ? t('tasks.needsYou') : t(`tasks.state.${task.state}`)}</Badge>
        </span>
      </div>
      <Chain form="small" label={title} steps={useChainOfTask(task)} />
      <Loaded task={task} />
      <Outcome task={task} />
      <FailureNote failure={task.error ?? cancel.failure} />
      {task.state === 'running' && (waits || task.cancellable) ? (
        <div className="row s2">
          {waits ? (
            <Button
              kind="primary"
              size="compact"
              label={t('tasks.goOn')}
              onClick={() => navigate(pathOfDownload(task.deviceId, task.taskId))}
            />
          ) : null}
          {task.cancellable ? (
            <Button size="compact" label={t('ui.cancel')} working={cancel.running} onClick={() => void cancel.run()} />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** How much of the profile is on the chip, while it goes there. */
export function Loaded({ task }: { readonly task: Task }): ReactNode {
  const { t, format } = useWords();
  if (task.progress === null || task.state !== 'running') return null;
  const { bytesDone, bytesTotal } = task.progress;
  const words = t('tasks.received', { done: format.memory(bytesDone), total: format.memory(bytesTotal) });
  return (
    <div className="loaded">
      <Meter value={bytesDone} max={bytesTotal} label={words} />
      <p className="sub">{words}</p>
    </div>
  );
}

/** What became of notifications, what a discovery has found, and how a modem noticed a switch. */
function Outcome({ task }: { readonly task: Task }): ReactNode {
  const { t } = useWords();
  const found =
    task.events === null ? [] : [task.events.length === 0 ? t('tasks.foundNone') : t('tasks.found', { count: task.events.length })];
  const noticed = task.refreshedBy === null || task.refreshedBy === 'powerCycle' ? [] : [t(`tasks.noticed.${task.refreshedBy}`)];
  const delivered = (['delivered', 'queued', 'removed'] as const).flatMap((state) => {
    const count = task.deliveries.filter((delivery) => delivery.state === state).length;
    return count === 0 ? [] : [t(`tasks.${state}`, { count })];
  });
  return [...found, ...noticed, ...delivered].map((sentence) => (
    <p key={sentence} className="muted">
      {sentence}
    </p>
  ));
}
