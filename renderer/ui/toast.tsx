import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const shownMs = 6_000;

/** Takes back what a toast says; resolves once that has begun. */
type Undo = () => Promise<unknown>;
type News = Toast.Root.ToastObject<{ readonly undo?: Undo | undefined }>;

/** Where news appear for six seconds, lower right. Failures are never toasts. */
export function ToastRegion({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Toast.Provider timeout={shownMs} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts(): ReactNode {
  const { toasts } = Toast.useToastManager<{ readonly undo?: Undo | undefined }>();
  return toasts.map((toast) => <OneToast key={toast.id} toast={toast} />);
}

function OneToast({ toast }: { readonly toast: News }): ReactNode {
  const { t, explain } = useWords();
  const { close, update } = Toast.useToastManager();
  const undo = useAction(async () => {
    // It stays until the way back has begun, and where it cannot, it says so.
    update(toast.id, { timeout: 0 });
    await toast.data?.undo?.();
    close(toast.id);
  });
  return (
    <Toast.Root toast={toast} className="toast">
      <Icon name="check" />
      <Toast.Content className="grow">
        <Toast.Title render={<strong />} />
        <Toast.Description className="muted" />
        {undo.failure === null ? null : (
          <p className="danger-text" role="alert">
            {explain(undo.failure).sentence}
          </p>
        )}
      </Toast.Content>
      {toast.data?.undo === undefined ? null : (
        <Button size="compact" label={t('ui.undo')} working={undo.running} onClick={() => void undo.run()} />
      )}
      <Toast.Close className="btn ghost only compact" aria-label={t('ui.close')}>
        <Icon name="x" />
      </Toast.Close>
    </Toast.Root>
  );
}

/** Says that something was done: a title, at most one sentence, and the way back where there is one. */
export function useToast(): (title: string, more?: { readonly text?: string | undefined; readonly undo?: Undo | undefined }) => void {
  const { add } = Toast.useToastManager();
  return (title, { text, undo } = {}) => {
    add({ title, data: { undo }, ...(text === undefined ? {} : { description: text }) });
  };
}
