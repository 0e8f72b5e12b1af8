import { useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { saveText } from './save-text.ts';

/** What is stored about the person: to keep as a file, or to delete. */
export function DataCard(): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [deleting, setDeleting] = useState(false);
  const save = useAction(async () => saveText(await desk.client.account.exportData()));
  return (
    <Card title={t('account.data.title')}>
      <div className="card-body stack">
        <div className="row between">
          <p className="muted">{t('account.data.exportText')}</p>
          <Button icon="download" label={t('account.data.export')} working={save.running} onClick={() => void save.run()} />
        </div>
        <FailureNote failure={save.failure} />
        <hr />
        <div className="row between">
          <p className="muted">{t('account.data.deleteText')}</p>
          <Button kind="danger-quiet" icon="trash" label={t('account.delete.open')} onClick={() => setDeleting(true)} />
        </div>
      </div>
      {deleting ? <DeleteAccount onClose={() => setDeleting(false)} /> : null}
    </Card>
  );
}
