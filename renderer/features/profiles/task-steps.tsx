import type { ReactNode } from 'react';
import type { Task } from '#contract/desk/tasks.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain, type ChainState } from '#renderer/ui/chain.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, type BadgeTone } from '#renderer/ui/surfaces.tsx';

const kindKeys = {
  'profile.enable': 'enable',
  'profile.disable': 'disable',
  'profile.delete': 'delete',
  'profile.rename': 'rename',
} as const;

const stepStates: Readonly<Record<Task['steps'][number]['state'], ChainState>> = {
  notReached: 'wait',
  running: 'run',
  done: 'ok',
  failed: 'bad',
  skipped: 'wait',
};
const stateTones: Readonly<Record<Task['state'], BadgeTone>> = { running: 'info', done: 'ok', failed: 'bad', cancelled: 'neutral' };

/** What a task does, in words: "Enable LEB Europe". */
export function useTaskTitle(): (task: Task) => string {
  const { t } = useWords();
  return (task) => t(`tasks.kind.${kindKeys[task.kind]}`, { name: task.profileName ?? t('tasks.profile') });
}

/** One task: its title and state, its steps as a chain, why it failed, and cancel while that is possible. */
export function TaskSteps({ task }: { readonly task: Task }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const title = useTaskTitle();
  const cancel = useAction(() => desk.client.tasks.cancel({ taskId: task.taskId }));
  return (
    <div className="task" data-task={task.kind} data-state={task.state}>
      <div className="row between">
        <h3>{title(task)}</h3>
        <Badge tone={stateTones[task.state]}>{t(`tasks.state.${task.state}`)}</Badge>
      </div>
      <Chain
        form="small"
        label={title(task)}
        steps={task.steps
          .filter(({ state }) => state !== 'skipped')
          .map((step) => ({
            key: step.name,
            state: stepStates[step.state],
            title: t(`tasks.step.${step.name}`),
            ...(step.at === null ? {} : { meta: format.timeExact(step.at) }),
          }))}
      />
      <FailureNote failure={task.error ?? cancel.failure} />
      {task.state === 'running' && task.cancellable ? (
        <Button size="compact" label={t('ui.cancel')} working={cancel.running} onClick={() => void cancel.run()} />
      ) : null}
    </div>
  );
}
