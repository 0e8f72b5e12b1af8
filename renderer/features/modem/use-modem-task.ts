import type { Task, TaskKind } from '#contract/desk/tasks.ts';
import { useTasks } from '#renderer/app/desk.tsx';

/** The work of these kinds on a device: what goes on, else what ended last; null where there was none lately. */
export function useModemTask(deviceId: string, kinds: readonly TaskKind[]): Task | null {
  const tasks = (useTasks().value ?? [])
    .filter((task) => task.deviceId === deviceId && kinds.includes(task.kind))
    .toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  return tasks.find(({ state }) => state === 'running') ?? tasks[0] ?? null;
}
