import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';

/** The space between two sentences: English has one, Chinese has it in its full stop. */
export function Gap(): ReactNode {
  return useWords().language === 'en' ? ' ' : '';
}
