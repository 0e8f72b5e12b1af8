import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import type { Reading } from './use-reading.ts';

/** What is read, once it is there; before that its shape, or why it could not be read. A later failure stands below what was read before it. */
export function ReadPart<T>(props: {
  readonly reading: Reading<T>;
  readonly rows?: 1 | 2 | 3;
  readonly children: (value: T) => ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { value, failure, possible, again } = props.reading;
  if (value === null) {
    if (failure === null && !possible) return <Empty title={t('modem.later')} />;
    return failure === null ? (
      <Skeleton {...(props.rows === undefined ? {} : { rows: props.rows })} />
    ) : (
      <FailureRow failure={failure} onRetry={again} />
    );
  }
  return (
    <>
      {props.children(value)}
      {failure === null ? null : (
        <div className="card-body">
          <FailureNote failure={failure} />
        </div>
      )}
    </>
  );
}
