import { LebError } from '#contract/errors.ts';

/** Which task has a device to itself. */
export type Reservation = {
  readonly taskId: string | null;
  /** @throws LebError DEVICE_BUSY with details.taskId */
  take(taskId: string): () => void;
};

export function createReservation(changed: () => void): Reservation {
  let holder: string | null = null;
  return {
    get taskId() {
      return holder;
    },
    take(taskId) {
      if (holder !== null) throw new LebError('DEVICE_BUSY', { taskId: holder });
      holder = taskId;
      changed();
      return () => {
        if (holder !== taskId) return;
        holder = null;
        changed();
      };
    },
  };
}
