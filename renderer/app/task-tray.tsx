import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import type { Task } from '#contract/desk/tasks.ts';
import { TaskSteps } from '#renderer/features/profiles/task-steps.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { useTasks } from './desk.tsx';

/** What the status bar says about running work; a press opens the tray with each task's steps and its cancel. */
export function TaskTray(): ReactNode {
  const { t } = useWords();
  const tasks = useTasks().value ?? [];
  const running = tasks.filter(({ state }) => state === 'running').length;
  const waiting = tasks.filter(({ state, need }) => state === 'running' && need !== null).length;
  const failed = tasks.filter(({ state }) => state === 'failed').length;
  if (tasks.length === 0) return <span>{t('tasks.none')}</span>;
  return (
    <Popover.Root>
      {/* Around the button, not in it: what is inside of a button is its name, and not heard when it changes. */}
      <div role="status">
        <Popover.Trigger className={waiting > 0 ? 'running waiting' : running === 0 && failed > 0 ? 'running failed' : 'running'}>
          {waiting > 0 ? (
            <Icon name="hand" />
          ) : running > 0 ? (
            <Icon name="refresh" className="spin" />
          ) : (
            <Icon name={failed > 0 ? 'warn' : 'check'} />
          )}
          {waiting > 0
            ? t('tasks.needYou', { count: waiting })
            : running > 0
              ? t('tasks.running', { count: running })
              : failed > 0
                ? t('tasks.failed', { count: failed })
                : t('tasks.finished', { count: tasks.length })}
        </Popover.Trigger>
      </div>
      <Popover.Portal>
        <Popover.Positioner className="floating" side="top" align="end" sideOffset={6}>
          <Popover.Popup className="tray">
            <Popover.Title render={<h2 />}>{t('tasks.title')}</Popover.Title>
            <ul>
              {newestFirst(tasks).map((task) => (
                <li key={task.taskId}>
                  <TaskSteps task={task} />
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function newestFirst(tasks: readonly Task[]): readonly Task[] {
  return tasks.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
}
