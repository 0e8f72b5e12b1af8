import { CSPProvider } from '@base-ui/react/csp-provider';
import type { i18n } from 'i18next';
import { useEffect, type ReactNode } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { changeLanguage, WordsProvider } from '#renderer/i18n/words.tsx';
import { ToastRegion } from '#renderer/ui/toast.tsx';
import { DeskProvider, useSettings, useSystem, type Desk } from './desk.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';

const hashRouting = { hook: useHashLocation };

/** Everything: providers from the outside in, then the frame. The page's policy forbids style elements, so the primitives make none. */
export function App({ desk, words }: { readonly desk: Desk; readonly words: i18n }): ReactNode {
  return (
    <CSPProvider disableStyleElements>
      <DeskProvider desk={desk}>
        <WordsProvider instance={words}>
          <Preferences words={words} />
          <ErrorBoundary>
            <Router {...hashRouting}>
              <ToastRegion>
                <Frame />
              </ToastRegion>
            </Router>
          </ErrorBoundary>
        </WordsProvider>
      </DeskProvider>
    </CSPProvider>
  );
}

/** Language and theme follow the settings; `system` follows the system. */
function Preferences({ words }: { readonly words: i18n }): ReactNode {
  const settings = useSettings().value;
  const system = useSystem();
  const language = settings === null ? null : settings.language === 'system' ? (system?.systemLanguage ?? null) : settings.language;
  const theme = settings?.theme ?? 'system';
  useEffect(() => {
    if (language !== null && words.language !== language) void changeLanguage(words, language);
  }, [language, words]);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
  return null;
}
