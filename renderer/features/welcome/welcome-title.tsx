import type { ReactNode } from 'react';
import { useScreenTitle } from '#renderer/app/use-screen-title.ts';

/** The title of a screen before the frame; it takes the focus, as the titles inside the frame do. */
export function WelcomeTitle(props: { readonly name: string; readonly title: string; readonly text: string }): ReactNode {
  const title = useScreenTitle(props.name, props.title);
  return (
    <div>
      <h1 className="display" ref={title} tabIndex={-1}>
        {props.title}
      </h1>
      <p className="md muted">{props.text}</p>
    </div>
  );
}
