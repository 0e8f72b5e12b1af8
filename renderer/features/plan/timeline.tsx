import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Plot } from '#renderer/ui/figures.tsx';

const dayMs = 86_400_000;
/** Labels closer than this, in percent of the width, would lie on each other. */
const labelRoom = 13;

/** The plan over time: what runs now, what is added, where it ends then. `done`: after the renewal, in the past tense. */
export function Timeline(props: {
  readonly currentEnd: string | null;
  readonly newEnd: string;
  readonly now: Date;
  readonly done?: boolean;
}): ReactNode {
  const { t, format } = useWords();
  const done = props.done === true;
  const now = props.now.getTime();
  const end = props.currentEnd === null ? null : new Date(props.currentEnd).getTime();
  const added = new Date(props.newEnd).getTime();
  const addedFrom = Math.max(end ?? now, now);
  // Some past before today, so that its mark stands clear of the edge however long the renewal is.
  const from = Math.min(now, end ?? now) - Math.max(8 * dayMs, (added - now) * 0.05);
  const to = added + Math.max(14 * dayMs, (added - from) * 0.12);
  const x = (time: number): number => ((time - from) / (to - from)) * 100;
  const todayX = x(now);
  const endX = end === null || end < now ? null : x(end);
  const newX = x(added);
  const months = monthStarts(from, to).filter((time) => x(time) > 4 && x(time) < 96);
  // A year has twelve: every month that there is room for.
  const every = Math.max(1, Math.ceil(months.length / 7));
  const newLabel = done
    ? t('plan.timeline.ends', { date: format.dateShort(props.newEnd) })
    : t('plan.timeline.newEnd', { date: format.dateShort(props.newEnd) });
  return (
    <Plot name="timeline" label={newLabel}>
      {months
        .filter((_, index) => index % every === 0)
        .map((time) => (
          <text key={time} className="m" x={`${x(time)}%`} y="100%" dy="-2">
            {format.month(new Date(time))}
          </text>
        ))}
      <rect className="tl-track" x="0" y="26" width="100%" height="12" rx="6" />
      <rect
        className="tl-new"
        x={`${Math.max(0, x(addedFrom) - 1)}%`}
        y="26"
        width={`${newX - Math.max(0, x(addedFrom) - 1)}%`}
        height="12"
        rx="6"
      />
      {endX === null ? null : <rect className="tl-now" x="0" y="26" width={`${endX}%`} height="12" rx="6" />}
      <circle className="pt" cx={`${todayX}%`} cy="32" r="6" />
      <text className="em m" x={`${todayX}%`} y="14">
        {t('plan.timeline.today')}
      </text>
      {endX === null || props.currentEnd === null || endX - todayX < labelRoom || newX - endX < labelRoom ? null : (
        <text className="m" x={`${endX}%`} y="14">
          {done
            ? t('plan.timeline.was', { date: format.day(props.currentEnd) })
            : t('plan.timeline.now', { date: format.day(props.currentEnd) })}
        </text>
      )}
      <text className={newX > 82 ? 'em r' : 'em m'} x={newX > 82 ? '100%' : `${newX}%`} y="14">
        {newLabel}
      </text>
    </Plot>
  );
}

/** The first of each month between two times, by the calendar of this computer. */
function monthStarts(from: number, to: number): readonly number[] {
  const starts: number[] = [];
  const first = new Date(from);
  for (let month = 1; ; month += 1) {
    const start = new Date(first.getFullYear(), first.getMonth() + month, 1).getTime();
    if (start >= to) return starts;
    starts.push(start);
  }
}
