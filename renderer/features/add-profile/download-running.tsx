import type { ReactNode } from 'react';
import type { Task } from '#contract/desk/tasks.ts';
import { Loaded } from '#renderer/features/profiles/task-steps.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';
import { Banner, Card } from '#renderer/ui/surfaces.tsx';
import { ConfirmationForm } from './confirmation-form.tsx';
import { ApprovalForm } from './approval-form.tsx';
import type { DeclineReason } from './outcome.ts';
import { PreviewFacts } from './preview-facts.tsx';

/** A download on its way: what it would install as soon as that is known, and what it needs to know. */
export function DownloadRunning(props: { readonly task: Task; readonly onDecline: (reason: DeclineReason) => void }): ReactNode {
  const { t } = useWords();
  const { task, onDecline } = props;
  const { preview, need } = task;
  const step = task.steps.find(({ state }) => state === 'running');
  if (preview === null) {
    return (
      <Card>
        <Skeleton />
        <p className="muted card-body">{t('addProfile.preview.waiting')}</p>
      </Card>
    );
  }
  return (
    <section className="card scroll">
      <div className="body preview">
        <PreviewFacts preview={preview} />
        {task.testRoots ? (
          <Banner tone="warn" icon="warn" title={t('addProfile.preview.test')}>
            {t('addProfile.preview.testText')}
          </Banner>
        ) : null}
        {need === null ? (
          <div className="going-on">
            <p role="status">{step === undefined ? '' : t(`tasks.step.${step.name}`)}</p>
            <Loaded task={task} />
          </div>
        ) : need.kind === 'confirmationCode' ? (
          <ConfirmationForm key={String(need.refused)} task={task} refused={need.refused} onDecline={onDecline} />
        ) : null}
      </div>
      {/* Its state outlasts the one question: what was agreed to with the first press is not asked again. */}
      <ApprovalForm task={task} preview={preview} onDecline={onDecline} />
    </section>
  );
}
