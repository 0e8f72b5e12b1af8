import type { ReactNode } from 'react';
import { Gap } from './gap.tsx';
import { Icon, type IconName } from './icon.tsx';

/** A surface with a hairline; the head is 48 high and holds at most the title, one sentence and the acts. */
export function Card(props: {
  readonly title?: ReactNode;
  readonly sub?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <section className={`card ${props.className ?? ''}`}>
      {props.title === undefined ? null : (
        <header className="card-head">
          <div className="grow">
            <h2>{props.title}</h2>
            {props.sub === undefined ? null : <p className="sub">{props.sub}</p>}
          </div>
          {props.actions === undefined ? null : <div className="acts">{props.actions}</div>}
        </header>
      )}
      {props.children}
    </section>
  );
}

export type BadgeTone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'line';

/** One or two words about a state. */
export function Badge(props: { readonly tone?: BadgeTone; readonly children: ReactNode }): ReactNode {
  const tone = props.tone ?? 'neutral';
  return <span className={`badge ${tone === 'neutral' ? '' : tone}`}>{props.children}</span>;
}

export type DotTone = 'ok' | 'warn' | 'bad' | 'run' | 'wait';

/** A state as a dot; the word is always beside it. */
export function Dot({ tone }: { readonly tone: DotTone }): ReactNode {
  return <span className={`dot ${tone}`} aria-hidden="true" />;
}

/** The square before a row. */
export function Tile(props: {
  readonly tone?: 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';
  readonly icon?: IconName;
  readonly children?: ReactNode;
}): ReactNode {
  const tone = props.tone ?? 'neutral';
  return (
    <span className={`tile ${tone === 'neutral' ? '' : tone}`} aria-hidden="true">
      {props.icon === undefined ? props.children : <Icon name={props.icon} />}
    </span>
  );
}

export type Fact = readonly [name: string, value: ReactNode];

/** Names and values. `total`: the last one is the sum; `cols`: side by side, `cols wide` with room for identifiers. */
export function Facts({ facts, form }: { readonly facts: readonly Fact[]; readonly form?: 'total' | 'cols' | 'cols wide' }): ReactNode {
  return (
    <dl className={`facts ${form ?? ''}`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An identifier or a device's own words. */
export function Mono(props: { readonly children: ReactNode }): ReactNode {
  return <span className="mono">{props.children}</span>;
}

/** One large target with a sentence: a way to go on. */
export function Choice(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly end?: IconName;
  readonly accent?: boolean;
  readonly working?: boolean;
  readonly onClick: () => void;
}): ReactNode {
  const working = props.working === true;
  return (
    <button type="button" className="choice" aria-busy={working || undefined} onClick={working ? undefined : props.onClick}>
      <Tile tone={props.accent === true ? 'accent' : 'neutral'} icon={props.icon} />
      <span className="what">
        <strong>{props.title}</strong>
        <small>{props.text}</small>
      </span>
      {working ? <Icon name="refresh" className="spin" /> : props.end === undefined ? null : <Icon name={props.end} className="s" />}
    </button>
  );
}

/** One banner at a time, above the content; at most two acts. */
export function Banner(props: {
  readonly tone: 'info' | 'warn' | 'bad' | 'ok';
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <div className={`banner ${props.tone}`} role={props.tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={props.icon} />
      <div className="banner-text">
        <strong>{props.title}</strong>
        <Gap />
        <span>{props.children}</span>
      </div>
      {props.actions === undefined ? null : <div className="banner-actions">{props.actions}</div>}
    </div>
  );
}
