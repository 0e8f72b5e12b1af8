import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useDesk, useTasks } from '#renderer/app/desk.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { useToast } from '#renderer/ui/toast.tsx';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { isPathOfTask } from '#renderer/app/navigation.ts';
import { outcomeOf } from '#renderer/features/add-profile/outcome.ts';
import type { Task, TaskKind } from '#contract/desk/tasks.ts';
import { undoOf, type Undo } from './undo.ts';

const doneKeys = {
  'profile.enable': 'enable',
  'profile.disable': 'disable',
  'profile.delete': 'delete',
  'profile.rename': 'rename',
  'profile.download': 'download',
  'profile.discover': null, // its list is the news
  'notification.send': 'sendNotifications',
  'notification.remove': 'removeNotifications',
  'euicc.setDefaultSmdp': 'setDefaultSmdp',
  'euicc.resetMemory': 'resetMemory',
  'modem.scan': null,
  'modem.selectNetwork': 'selectNetwork',
  'modem.restart': 'restart',
  'modem.freeChannels': 'freeChannels',
  'modem.factoryReset': 'factoryReset',
} as const satisfies Record<TaskKind, string | null>;

/**
 * Says once when a task that was seen running is done, with the way back where there is one. What failed stays where it was started, and
 * in the tray, and what has a screen of its own in view says it there.
 */
export function useAnnouncedTasks(): void {
  const { t } = useWords();
  const desk = useDesk();
  const toast = useToast();
  const [path] = useLocation();
  const tasks = useTasks().value;
  const running = useRef<ReadonlyMap<string, Undo | null>>(new Map());
  useEffect(() => {
    if (tasks === null) return;
    const network = ({ modem }: Task): string | undefined => {
      const operator = modem?.operator?.name ?? null;
      if (modem === null || operator === null || modem.registration.technology === null) return undefined;
      return t('tasks.registered', { operator, technology: t(`devices.technology.${technologyKey(modem.registration.technology)}`) });
    };
    const takeBack = ({ act, ...profile }: Undo): Promise<unknown> => desk.client.profiles[act](profile);
    for (const task of tasks) {
      const undo = running.current.get(task.taskId);
      if (task.state !== 'done' || undo === undefined) continue;
      const done = doneKeys[task.kind];
      if (done === null || isPathOfTask(path, task.taskId)) continue;
      if (task.kind === 'profile.download' && outcomeOf(task) !== 'installed') continue;
      const title = t(`tasks.done.${done}`, { name: task.profileName ?? task.preview?.profileName ?? t('tasks.profile') });
      toast(title, { text: network(task), undo: undo === null ? undefined : () => takeBack(undo) });
    }
    // What was in use before is known only while the task runs: the card is read again at its end.
    const devices = desk.devices.get().value?.devices ?? [];
    running.current = new Map(
      tasks
        .filter(({ state }) => state === 'running')
        .map((task) => [task.taskId, running.current.get(task.taskId) ?? undoOf(task, devices)]),
    );
  }, [tasks, t, toast, desk, path]);
}
