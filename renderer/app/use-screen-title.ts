import { useEffect, useRef, type RefObject } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';

/** Names the document after the screen, and gives the title the focus when another screen appears, so that a screen reader says where one is. */
export function useScreenTitle(name: string, title: string): RefObject<HTMLHeadingElement | null> {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Another name is another screen, even where React keeps the element.
    if (name !== '') heading.current?.focus({ preventScroll: true });
  }, [name]);
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return heading;
}
