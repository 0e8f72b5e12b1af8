import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Language } from '#contract/common.ts';
import { startWords } from '#renderer/i18n/words.tsx';
import '#renderer/ui/styles/index.css';
import { App } from './app.tsx';
import { openConnection } from './connection.ts';
import { openDesk } from './desk.tsx';

// The port arrives as a message soon after the page: the listener stands before anything is waited for.
const desk = openDesk(openConnection());

/** The language to begin with; the settings have the last word as soon as they are known. */
function firstLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const language = firstLanguage();
  const words = await startWords(language);
  document.documentElement.lang = language;
  createRoot(root).render(
    <StrictMode>
      <App desk={desk} words={words} />
    </StrictMode>,
  );
}

void start();
