import type { ReactNode } from 'react';
import type { DevicesSnapshot, TransportState } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain, type ChainStep } from '#renderer/ui/chain.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';

/** Nothing plugged in: what to do, and what was looked for. */
export function NoDevices({ snapshot }: { readonly snapshot: DevicesSnapshot }): ReactNode {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const guide = useAction(() => desk.client.system.openLink({ link: 'hardwareGuide' }));
  return (
    <section className="empty fill">
      <svg className="empty-art" viewBox="0 0 280 120" aria-hidden="true">
        <g className="art">
          <path d="M20 88h92M30 78V30a6 6 0 0 1 6-6h60a6 6 0 0 1 6 6v48z" />
          <path className="art-dash" d="M118 62h46" />
          <path className="art-hot" d="M176 48h18v28h-18zM194 54h14v16h-14M180 55v4M180 65v4" />
          <path d="M222 34h32l8 8v46h-40z" />
          <path className="art-hot" d="M232 56h20v18h-20zM242 56v18M232 65h20" />
        </g>
      </svg>
      <h2 className="display">{t('devices.none.title')}</h2>
      <p className="md muted">{t('devices.none.text')}</p>
      <div className="card empty-ladder">
        <h3>{t('devices.none.looked')}</h3>
        <Chain form="small" steps={snapshot.transports.map((transport) => lookedFor(transport, words))} />
      </div>
      <p className="row s2 muted">
        {t('devices.none.why')}
        <Button
          kind="link"
          size="compact"
          end="external"
          label={t('ladder.guide')}
          working={guide.running}
          onClick={() => void guide.run()}
        />
      </p>
      <FailureNote failure={guide.failure} />
    </section>
  );
}

function lookedFor(transport: TransportState, { t, explain }: Words): ChainStep {
  const title = t(`devices.transport.${transport.kind}`);
  const problem = transport.problem === null ? null : explain(transport.problem);
  return {
    key: transport.id,
    title: transport.virtual ? t('devices.transport.virtual', { title }) : title,
    ...(problem === null
      ? { state: 'wait', meta: t('devices.transport.none') }
      : {
          state: 'bad',
          text: problem.sentence,
          more: <p className="remedy-text">{problem.remedy}</p>,
        }),
  };
}
