import { useEffect, useRef } from 'react';
import { useTasks } from '#renderer/app/desk.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { useToast } from '#renderer/ui/toast.tsx';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import type { Task } from '#contract/desk/tasks.ts';

const doneKeys = {
  'profile.enable': 'enable',
  'profile.disable': 'disable',
  'profile.delete': 'delete',
  'profile.rename': 'rename',
} as const;

/** Says once when a task that was seen running is done. What failed stays where it was started, and in the tray. */
export function useAnnouncedTasks(): void {
  const { t } = useWords();
  const toast = useToast();
  const tasks = useTasks().value;
  const running = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (tasks === null) return;
    const network = ({ modem }: Task): string | undefined => {
      const operator = modem?.operator?.name ?? null;
      if (modem === null || operator === null || modem.registration.technology === null) return undefined;
      return t('tasks.registered', { operator, technology: t(`devices.technology.${technologyKey(modem.registration.technology)}`) });
    };
    for (const task of tasks) {
      if (task.state !== 'done' || !running.current.has(task.taskId)) continue;
      toast(t(`tasks.done.${doneKeys[task.kind]}`, { name: task.profileName ?? t('tasks.profile') }), network(task));
    }
    running.current = new Set(tasks.filter(({ state }) => state === 'running').map(({ taskId }) => taskId));
  }, [tasks, t, toast]);
}
