import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Task, TaskAnswer } from '#contract/desk/tasks.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import type { DeclineReason } from './outcome.ts';

/** The code that the provider gives beside the activation code. `refused`: the one before was wrong. */
export function ConfirmationForm(props: {
  readonly task: Task;
  readonly refused: boolean;
  readonly onDecline: (reason: DeclineReason) => void;
}): ReactNode {
  const { t } = useWords();
  const { task, refused, onDecline } = props;
  const desk = useDesk();
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const answer = useAction((given: TaskAnswer) => desk.client.tasks.answer({ taskId: task.taskId, answer: given }));
  useEffect(() => input.current?.focus(), []);
  const given = code.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (given !== '') void answer.run({ kind: 'confirmationCode', code: given });
  };
  const later = (): void => {
    onDecline('postponed');
    void answer.run({ kind: 'no', reason: 'postponed' });
  };
  return (
    <form className="stack s3" onSubmit={submit}>
      <Field
        large
        inputRef={input}
        label={t('addProfile.code.label')}
        name="confirmationCode"
        className="mono"
        autoComplete="one-time-code"
        spellCheck={false}
        maxLength={64}
        value={code}
        onValue={setCode}
        hint={refused && code === '' ? t('addProfile.code.refused') : t('addProfile.code.hint')}
        {...(refused && code === '' ? { tone: 'bad' } : {})}
      />
      <FailureNote failure={answer.failure} />
      <div className="row s2">
        <Button
          kind="primary"
          size="large"
          type="submit"
          label={t('addProfile.code.go')}
          disabled={given === ''}
          working={answer.running}
        />
        <Button size="large" label={t('addProfile.preview.later')} onClick={later} />
      </div>
    </form>
  );
}
