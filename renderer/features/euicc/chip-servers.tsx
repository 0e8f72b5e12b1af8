import { useState, type FormEvent, type ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useTaskAction } from '#renderer/app/use-task-action.ts';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card, Mono } from '#renderer/ui/surfaces.tsx';

/** The servers that the chip knows by itself: its default SM-DP+, which can be changed in place and taken back, and its root SM-DS. */
export function ChipServers({ device, euicc }: Chip): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const address = euicc.defaultSmdpAddress ?? '';
  const [edited, setEdited] = useState<string | null>(null);
  const [former, setFormer] = useState<string | null>(null);
  const set = useTaskAction((next: string) => desk.client.euicc.setDefaultSmdp({ ...chipAddress({ device, euicc }), address: next }));
  const busy = !set.running && (device.busyTaskId !== null || device.state !== 'ready');
  const change = async (next: string): Promise<void> => {
    if (!(await set.run(next))) return;
    setFormer(address);
    setEdited(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const next = edited?.trim() ?? '';
    if (next !== '') void change(next);
  };
  const canTakeBack = former !== null && former !== address && set.task?.state === 'done';
  return (
    <Card title={t('euicc.servers.title')}>
      <div className="card-body stack s3">
        {edited === null ? (
          <div className="stack s2">
            <span className="sub">{t('euicc.servers.default')}</span>
            {address === '' ? (
              <p className="muted">{t('euicc.servers.none')}</p>
            ) : (
              <p className="row s2">
                <span className="mono address">{address}</span>
                <CopyButton text={address} name={t('euicc.servers.default')} />
              </p>
            )}
            <div className="row s2 wrap">
              <Button
                size="compact"
                icon="edit"
                label={address === '' ? t('euicc.servers.set') : t('euicc.servers.change')}
                disabled={busy}
                working={set.running}
                onClick={() => setEdited(address)}
              />
              {address === '' ? null : (
                <Button
                  kind="ghost"
                  size="compact"
                  label={t('euicc.servers.remove')}
                  disabled={busy || set.running}
                  onClick={() => void change('')}
                />
              )}
              {canTakeBack ? (
                <Button kind="link" size="compact" label={t('ui.undo')} disabled={busy} onClick={() => void change(former)} />
              ) : null}
            </div>
            {canTakeBack ? (
              <p className="sub">{former === '' ? t('euicc.servers.beforeNone') : t('euicc.servers.before', { address: former })}</p>
            ) : null}
          </div>
        ) : (
          <form className="stack s2" onSubmit={submit}>
            <Field
              label={t('euicc.servers.default')}
              name="defaultSmdp"
              autoComplete="off"
              autoFocus
              spellCheck={false}
              placeholder="smdp.example.com"
              value={edited}
              onValue={setEdited}
              hint={t('euicc.servers.hint')}
            />
            <div className="row s2">
              <Button
                type="submit"
                size="compact"
                label={t('euicc.servers.save')}
                disabled={busy || edited.trim() === '' || edited.trim() === address}
                working={set.running}
              />
              <Button kind="ghost" size="compact" label={t('ui.cancel')} onClick={() => setEdited(null)} />
            </div>
          </form>
        )}
        <FailureNote failure={set.failure} />
        <hr />
        <div className="stack s2">
          <span className="sub">{t('euicc.servers.discovery')}</span>
          <Mono>{euicc.rootSmdsAddress === '' ? '–' : euicc.rootSmdsAddress}</Mono>
        </div>
      </div>
    </Card>
  );
}
