import { useState, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from './button.tsx';

const confirmationMs = 2_000;

/** Copies a text; the icon becomes a tick for two seconds. `name` is what is copied, for its label. */
export function CopyButton({ text, name }: { readonly text: string; readonly name: string }): ReactNode {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A shell that denies the clipboard leaves the text selectable; there is nothing to add.
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), confirmationMs);
  };
  return (
    <>
      <Button
        kind="ghost"
        size="compact"
        iconOnly
        icon={copied ? 'check' : 'copy'}
        label={copied ? t('ui.copied') : t('ui.copy', { name })}
        onClick={() => void copy()}
      />
      <span className="sr" role="status">
        {copied ? t('ui.copied') : ''}
      </span>
    </>
  );
}
