import { useEffect, useState, type ReactNode } from 'react';
import type { Failure } from '#renderer/app/failure.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from './button.tsx';
import { Gap } from './gap.tsx';
import { Icon } from './icon.tsx';
import { Tile } from './surfaces.tsx';

const skeletonDelayMs = 300;

/** The shape of what comes, after 300 ms: shorter waits show nothing that flickers. */
export function Skeleton({ rows = 3 }: { readonly rows?: 1 | 2 | 3 }): ReactNode {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), skeletonDelayMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      <span className="sr">{t('ui.reading')}</span>
      {shown ? (
        <ul className="list" aria-hidden="true">
          {Array.from({ length: rows }, (_, index) => (
            <li key={index}>
              <span className="tile" />
              <div className="grow">
                <span className="skeleton w1" />
                <span className="skeleton w2" />
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** The low-level values of a failure in one copyable line: the code first. */
export function failureCode({ code, details }: Failure): string {
  const values = Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name} ${String(value)}`);
  return [code, ...values].join(' · ');
}

/** A failure in a row: the sentence, what to do, the code below it, and again where the same may be tried again. */
export function FailureRow(props: { readonly failure: Failure; readonly onRetry?: (() => void) | undefined }): ReactNode {
  const { t, explain } = useWords();
  const { failure } = props;
  const { sentence, remedy } = explain(failure);
  return (
    <div className="failure" role="alert">
      <Tile tone="bad" icon="warn" />
      <div className="grow">
        <strong>{sentence}</strong>
        <p className="muted">{remedy}</p>
        <p className="mono faint">{failureCode(failure)}</p>
      </div>
      {props.onRetry === undefined ? null : <Button size="compact" label={t('ui.tryAgain')} onClick={props.onRetry} />}
    </div>
  );
}

/** A failure below a form or a button. */
export function FailureNote({ failure }: { readonly failure: Failure | null }): ReactNode {
  const { explain } = useWords();
  if (failure === null) return null;
  const { sentence, remedy } = explain(failure);
  return (
    <div className="failure-note" role="alert">
      <Icon name="warn" className="s" />
      <p>
        <strong>{sentence}</strong>
        <Gap />
        {remedy}
        <span className="mono faint block">{failureCode(failure)}</span>
      </p>
    </div>
  );
}

/** What belongs here, and what to do. */
export function Empty(props: { readonly title: string; readonly text?: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="empty-row">
      <p>
        <strong>{props.title}</strong>
      </p>
      {props.text === undefined ? null : <p className="muted">{props.text}</p>}
      {props.children}
    </div>
  );
}
