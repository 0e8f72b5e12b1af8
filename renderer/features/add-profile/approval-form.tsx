import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ProfilePreview, Task, TaskAnswer } from '#contract/desk/tasks.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import type { DeclineReason } from './outcome.ts';
import { mayNotFit } from './preview-facts.tsx';

/**
 * Install, not now, decline. Rules that need consent stand here with a box each; the press that approves the profile answers the question
 * for consent as well, which comes right after it.
 */
export function ApprovalForm(props: {
  readonly task: Task;
  readonly preview: ProfilePreview;
  readonly onDecline: (reason: DeclineReason) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { task, preview, onDecline } = props;
  const { taskId, need } = task;
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const consented = useRef(false);
  const answer = useAction((given: TaskAnswer) => desk.client.tasks.answer({ taskId, answer: given }));
  const asksConsent = need?.kind === 'consentToPpr';
  const { run } = answer;
  useEffect(() => {
    if (!asksConsent || !consented.current) return;
    consented.current = false;
    void run({ kind: 'yes' });
  }, [asksConsent, run]);
  if (need === null || need.kind === 'confirmationCode') return null;
  const rules = need.kind === 'consentToPpr' ? need.rules : preview.needsConsent;
  const complete = rules.every((rule) => agreed.includes(rule));
  const install = (): void => {
    consented.current = need.kind === 'approval' && rules.length > 0;
    void run({ kind: 'yes' });
  };
  const decline = (reason: DeclineReason): void => {
    onDecline(reason);
    void run({ kind: 'no', reason });
  };
  return (
    <div className="card-foot column">
      {rules.length === 0 ? null : <h3>{t('addProfile.preview.consent')}</h3>}
      {rules.map((rule) => (
        <Checkbox
          key={rule}
          label={t(`addProfile.preview.rule.${rule}`)}
          checked={agreed.includes(rule)}
          onChange={(checked) => setAgreed(checked ? [...agreed, rule] : agreed.filter((other) => other !== rule))}
        />
      ))}
      <FailureNote failure={answer.failure} />
      <div className="row between wrap">
        <div className="row s2">
          <Button
            kind="primary"
            size="large"
            icon="download"
            label={t(mayNotFit(preview) ? 'addProfile.preview.tryInstall' : 'addProfile.preview.install')}
            disabled={!complete}
            working={answer.running}
            onClick={install}
          />
          <Button size="large" label={t('addProfile.preview.later')} onClick={() => decline('postponed')} />
        </div>
        <Button kind="danger-quiet" size="large" label={t('addProfile.preview.decline')} onClick={() => decline('endUserRejection')} />
      </div>
      <p className="sub">{t('addProfile.preview.laterHint')}</p>
    </div>
  );
}
