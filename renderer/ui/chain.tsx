import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Icon, type IconName } from './icon.tsx';

/** done · running · needs attention · failed · waits for the person · not reached */
export type ChainState = 'ok' | 'run' | 'warn' | 'bad' | 'act' | 'wait';
export type ChainStep = {
  readonly key: string;
  readonly state: ChainState;
  readonly title: string;
  readonly icon?: IconName;
  readonly meta?: string;
  readonly text?: ReactNode;
  readonly more?: ReactNode;
};

const stateIcons: Readonly<Record<ChainState, IconName>> = {
  ok: 'check',
  bad: 'x',
  warn: 'warn',
  run: 'refresh',
  wait: 'minus',
  act: 'hand',
};

/** The chain: the one motif of the product. A solid line is proven, a dashed one is not yet known. The state is spoken as well. */
export function Chain({
  steps,
  form = 'full',
  label,
}: {
  readonly steps: readonly ChainStep[];
  readonly form?: 'full' | 'small' | 'result';
  readonly label?: string;
}): ReactNode {
  const { t } = useWords();
  const classes = form === 'result' ? 'chain across big' : form === 'small' ? 'chain small' : 'chain';
  return (
    <ol className={classes} aria-label={label}>
      {steps.map((step) => (
        <li key={step.key} className={step.state} data-step={step.key} data-state={step.state}>
          <span className="node">
            <Icon name={step.icon ?? stateIcons[step.state]} className={step.state === 'run' && step.icon === undefined ? 'spin' : ''} />
            {form === 'result' && (step.state === 'ok' || step.state === 'bad') ? (
              <span className="tickmark">
                <Icon name={stateIcons[step.state]} />
              </span>
            ) : null}
          </span>
          <div className="chain-body">
            <div className="chain-head">
              <strong>{step.title}</strong>
              <span className="sr">{t(`ui.chain.${step.state}`)}</span>
              {step.meta === undefined ? null : <span className="chain-meta">{step.meta}</span>}
            </div>
            {step.text === undefined ? null : <p>{step.text}</p>}
            {step.more}
          </div>
        </li>
      ))}
    </ol>
  );
}
