import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Icon } from './icon.tsx';

const shownMs = 6_000;

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
  const { t } = useWords();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Icon name="check" />
      <Toast.Content className="grow">
        <Toast.Title render={<strong />} />
        <Toast.Description className="muted" />
      </Toast.Content>
      <Toast.Close className="btn ghost only compact" aria-label={t('ui.close')}>
        <Icon name="x" />
      </Toast.Close>
    </Toast.Root>
  ));
}

/** Says that something was done: a title, and at most one sentence. */
export function useToast(): (title: string, text?: string) => void {
  const { add } = Toast.useToastManager();
  return (title, text) => {
    add({ title, ...(text === undefined ? {} : { description: text }) });
  };
}
