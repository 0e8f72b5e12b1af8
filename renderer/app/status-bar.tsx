import { Fragment, type ReactNode } from 'react';
import { useLineCheckSteps } from '#renderer/features/home/use-line-check.tsx';
import { Dot } from '#renderer/ui/surfaces.tsx';
import { useConnectionState } from './desk.tsx';
import { TaskTray } from './task-tray.tsx';
import { useWords } from '#renderer/i18n/words.tsx';

/** The chain in three dots, and the work that is going on. */
export function StatusBar(): ReactNode {
  const { t } = useWords();
  const { link } = useConnectionState();
  const steps = useLineCheckSteps();
  return (
    <footer className="status">
      <div className="status-line" role="status">
        {link === 'lost' ? (
          <span>
            <Dot tone="bad" />
            {t('app.lost.title')}
          </span>
        ) : (
          steps.map((step, index) => (
            <Fragment key={step.key}>
              {index === 0 ? null : <i className="link" aria-hidden="true" />}
              <span>
                <Dot tone={step.dot} />
                {step.short}
                {step.detail === null ? null : <b>{step.detail}</b>}
              </span>
            </Fragment>
          ))
        )}
      </div>
      <div className="status-end">
        <TaskTray />
      </div>
    </footer>
  );
}
