import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';

/** The title of a screen before the frame; it takes the focus, as the titles inside the frame do. */
export function WelcomeTitle(props: { readonly name: string; readonly title: string; readonly text: string }): ReactNode {
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const { name } = props;
  useEffect(() => {
    // Another name is another screen, even where React keeps the element.
    if (name !== '') title.current?.focus({ preventScroll: true });
  }, [name]);
  useEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`;
  }, [props.title, t]);
  return (
    <div>
      <h1 className="display" ref={title} tabIndex={-1}>
        {props.title}
      </h1>
      <p className="md muted">{props.text}</p>
    </div>
  );
}
