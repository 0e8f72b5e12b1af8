import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Settings } from '#contract/desk/account.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card } from '#renderer/ui/surfaces.tsx';
import { countCertificates } from './count-certificates.ts';

/** What the contract takes. */
const largestText = 65_536;

/** Roots beside the GSMA's that profile servers may chain to: a technician's explicit choice, counted in its head. */
export function TrustCard({ settings }: { readonly settings: Settings }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [edited, setEdited] = useState<string | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const save = useAction((testRoots: string) => desk.client.settings.update({ testRoots }));
  const text = edited ?? settings.testRoots;
  const count = countCertificates(settings.testRoots);
  const refused = save.failure?.code === 'INPUT_INVALID';
  const store = async (roots: string): Promise<void> => {
    if ((await save.run(roots)) !== null) setEdited(null);
  };
  const edit = (next: string): void => {
    save.clear();
    setTooLarge(false);
    setEdited(next);
  };
  const read = async (chosen: File): Promise<void> => {
    if (chosen.size > largestText) setTooLarge(true);
    else edit(await chosen.text());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void store(text.trim());
  };
  const hint = tooLarge ? t('settings.rootsTooLarge') : refused ? t('settings.rootsRefused') : t('settings.rootsHint');
  const bad = tooLarge || refused;
  return (
    <Card
      title={
        <>
          {t('settings.trust')}
          <Badge tone={count === 0 ? 'neutral' : 'warn'}>
            {count === 0 ? t('settings.rootsNone') : t('settings.rootsCount', { count })}
          </Badge>
        </>
      }
    >
      <form className="card-body stack s3" onSubmit={submit}>
        <div className={`field ${bad ? 'bad' : ''}`}>
          <label className="label" htmlFor={id}>
            {t('settings.roots')}
          </label>
          <textarea
            id={id}
            className="input mono"
            name="testRoots"
            rows={5}
            maxLength={largestText}
            spellCheck={false}
            placeholder="-----BEGIN CERTIFICATE-----"
            aria-invalid={bad || undefined}
            aria-describedby={`${id}-hint`}
            value={text}
            onChange={(event) => edit(event.target.value)}
          />
          <span className="hint" id={`${id}-hint`} role={bad ? 'alert' : undefined}>
            {hint}
          </span>
        </div>
        <div className="row s2 wrap">
          <Button
            type="submit"
            label={t('settings.rootsSave')}
            disabled={text.trim() === settings.testRoots.trim()}
            working={save.running}
          />
          <Button label={t('settings.rootsFile')} onClick={() => file.current?.click()} />
          {settings.testRoots === '' ? null : <Button kind="ghost" label={t('settings.rootsRemove')} onClick={() => void store('')} />}
          <input
            ref={file}
            className="sr"
            type="file"
            accept=".pem,.crt,.cer"
            tabIndex={-1}
            aria-hidden="true"
            onChange={({ target }) => {
              const chosen = target.files?.[0];
              target.value = '';
              if (chosen !== undefined) void read(chosen);
            }}
          />
        </div>
        {refused ? null : <FailureNote failure={save.failure} />}
      </form>
    </Card>
  );
}
