import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useEffect, useState, type ReactNode } from 'react';
import { useDesk, useSettings, useTasks } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Empty, FailureNote } from '#renderer/ui/states.tsx';
import { useChainOfTask } from '#renderer/features/profiles/task-steps.tsx';
import type { Task } from '#contract/desk/tasks.ts';
import { chipAddress, type Chip } from './chips.ts';
import type { Offer } from './offer.ts';

/** Asks a discovery server what waits for this chip, and lets one of the answers be chosen. */
export function DiscoveryWay({ chip, onOffer }: { readonly chip: Chip; readonly onOffer: (offer: Offer | null) => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const technician = useSettings().value?.technicianMode === true;
  const [server, setServer] = useState(chip.euicc.rootSmdsAddress);
  const [taskId, setTaskId] = useState<string | null>(null);
  const task = (useTasks().value ?? []).find((candidate) => candidate.taskId === taskId);
  const ask = useAction(() => desk.client.profiles.discover({ ...chipAddress(chip), smdsAddress: server }));
  const go = async (): Promise<void> => {
    onOffer(null);
    const started = await ask.run();
    if (started !== null) setTaskId(started.taskId);
  };
  return (
    <div className="stack s3">
      <div className="stack s2">
        <h2>{t('addProfile.discovery.title')}</h2>
        <p className="muted">{t('addProfile.discovery.text')}</p>
      </div>
      {technician ? (
        <Field
          label={t('addProfile.discovery.server')}
          name="smds"
          className="mono"
          value={server}
          onValue={setServer}
          spellCheck={false}
        />
      ) : null}
      <div className="row">
        <Button
          label={t('addProfile.discovery.start')}
          disabled={server.trim() === ''}
          working={ask.running || task?.state === 'running'}
          onClick={() => void go()}
        />
      </div>
      <FailureNote failure={ask.failure ?? task?.error ?? null} />
      {task === undefined ? null : task.state === 'running' ? <Asking task={task} /> : <Found task={task} onOffer={onOffer} />}
    </div>
  );
}

function Asking({ task }: { readonly task: Task }): ReactNode {
  return <Chain form="small" steps={useChainOfTask(task)} />;
}

function Found({ task, onOffer }: { readonly task: Task; readonly onOffer: (offer: Offer | null) => void }): ReactNode {
  const { t } = useWords();
  const { events } = task;
  const [chosen, setChosen] = useState(0);
  const event = events?.[chosen];
  useEffect(() => {
    onOffer(event === undefined ? null : { source: { kind: 'event', ...event }, code: null, server: event.server });
  }, [event, onOffer]);
  if (events === null) return null;
  if (events.length === 0) return <Empty title={t('addProfile.discovery.none')} text={t('addProfile.discovery.noneText')} />;
  return (
    <RadioGroup
      className="stack s2"
      aria-label={t('addProfile.discovery.choose')}
      value={String(chosen)}
      onValueChange={(value: unknown) => setChosen(Number(value))}
    >
      <h3>{t('addProfile.discovery.choose')}</h3>
      {events.map(({ server, eventId }, index) => (
        <label key={`${server} ${eventId}`} className="choice">
          <Radio.Root value={String(index)} className="radio" />
          <span className="what">
            <strong className="mono">{server}</strong>
            <small>{t('addProfile.discovery.event', { id: eventId })}</small>
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
