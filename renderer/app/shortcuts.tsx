import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { navigationItems, parentPath } from './navigation.ts';

const isMac = /Mac/u.test(navigator.userAgent);

/** Ctrl/⌘ 1…9 for the sidebar, Escape for back, ? for the sheet that lists them. Keys that a field or an open dialog wants stay theirs. */
export function ShortcutSheet(): ReactNode {
  const { t } = useWords();
  const [path, navigate] = useLocation();
  const first = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      if (event.ctrlKey || event.metaKey) {
        const item = /^[1-9]$/u.test(event.key) ? navigationItems[Number(event.key) - 1] : undefined;
        if (item === undefined) return;
        event.preventDefault();
        navigate(item.path);
        return;
      }
      // A toast is a dialog to a screen reader, and wants no key while the person is elsewhere.
      const wantsKeys = document.querySelector('[role="dialog"]:not([aria-modal="false"]), [role="menu"], [role="listbox"]');
      if (wantsKeys !== null || isTyping(event.target)) return;
      if (event.key === '?') setOpen(true);
      const parent = event.key === 'Escape' ? parentPath(path) : null;
      if (parent !== null) navigate(parent);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate, path]);
  const modifier = isMac ? '⌘' : 'Ctrl';
  return (
    <Modal
      open={open}
      onClose={() => setOpen(false)}
      title={t('shortcuts.title')}
      initialFocus={first}
      actions={<Button ref={first} label={t('ui.close')} onClick={() => setOpen(false)} />}
    >
      <dl className="facts">
        {navigationItems.map((item, index) => (
          <div key={item.name}>
            <dt>{t(`frame.items.${item.name}`)}</dt>
            <dd>
              <kbd>{modifier}</kbd> <kbd>{index + 1}</kbd>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('shortcuts.back')}</dt>
          <dd>
            <kbd>Esc</kbd>
          </dd>
        </div>
        <div>
          <dt>{t('shortcuts.sheet')}</dt>
          <dd>
            <kbd>?</kbd>
          </dd>
        </div>
      </dl>
    </Modal>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}
