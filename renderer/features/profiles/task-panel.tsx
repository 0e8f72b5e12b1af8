import type { ReactNode } from 'react';
import type { Task } from '#contract/desk/tasks.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { TaskSteps } from './task-steps.tsx';

/** The work on this chip, beside the list that it changes. */
export function TaskPanel({ task }: { readonly task: Task }): ReactNode {
  const { t } = useWords();
  return (
    <Card className="add" title={task.state === 'running' ? t('tasks.now') : t('tasks.last')}>
      <div className="card-body">
        <TaskSteps task={task} />
      </div>
    </Card>
  );
}
