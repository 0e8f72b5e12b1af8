import { Component, type ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';

type Props = { readonly children: ReactNode };
type State = { readonly error: Error | null };

/** The one boundary: a defect in a screen ends in a sentence and a way back, not in an empty window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <Broken error={error} />;
  }
}

function startAgain(): void {
  location.hash = '#/';
  location.reload();
}

function Broken({ error }: { readonly error: Error }): ReactNode {
  const { t } = useWords();
  return (
    <main className="alone" role="alert">
      <h1 className="display">{t('app.broken.title')}</h1>
      <p className="md muted">{t('app.broken.text')}</p>
      <pre className="code">{error.message}</pre>
      <Button kind="primary" label={t('app.broken.home')} onClick={startAgain} />
    </main>
  );
}
