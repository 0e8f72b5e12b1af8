import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from '#renderer/ui/icon.tsx';
import { useScreenTitle } from './use-screen-title.ts';

/** One screen inside the frame: its title takes the focus when the screen appears, so that a screen reader says where one is. */
export function Screen(props: {
  readonly name: string;
  readonly title: string;
  readonly sub?: string | undefined;
  readonly back?: { readonly path: string; readonly label: string };
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const title = useScreenTitle(props.name, props.title);
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    // What had the focus is gone with the state that it belonged to: the title has it, so that the next key does not start from nowhere.
    if (focused.current?.isConnected === false && document.activeElement === document.body) title.current?.focus({ preventScroll: true });
  });
  return (
    <div
      className="main"
      onFocus={({ target }) => {
        focused.current = target;
      }}
      onBlur={() => {
        focused.current = null;
      }}
    >
      <header className="topbar">
        <div className="top-title">
          {props.back === undefined ? null : (
            <Link className="crumb" href={props.back.path}>
              <Icon name="back" />
              {props.back.label}
            </Link>
          )}
          <h1 ref={title} tabIndex={-1}>
            {props.title}
          </h1>
          {props.sub === undefined ? null : <p>{props.sub}</p>}
        </div>
        {props.actions === undefined ? null : <div className="top-acts">{props.actions}</div>}
      </header>
      <main className="content" data-screen={props.name}>
        {props.children}
      </main>
    </div>
  );
}
