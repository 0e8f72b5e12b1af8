import { useRef, useState, type ReactNode } from 'react';
import type { Device } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { isUsable } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';

/** Starting the modem anew. The connection is gone for a while, so it is asked once. */
export function RestartCard({ device }: { readonly device: Device }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const [asking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const restart = useAction(() => desk.client.modem.restart({ deviceId }));
  const running = useModemTask(deviceId, ['modem.restart'])?.state === 'running';
  const close = (): void => setAsking(false);
  return (
    <Card title={t('modem.restart.title')}>
      <div className="card-body stack s3">
        <p className="muted">{t('modem.restart.about')}</p>
        <div className="row">
          <Button
            icon="power"
            label={t('modem.restart.act')}
            disabled={!isUsable(device) && !running}
            working={restart.running || running}
            onClick={() => setAsking(true)}
          />
        </div>
        <FailureNote failure={restart.failure} />
      </div>
      {asking ? (
        <Modal
          open
          onClose={close}
          title={t('modem.restart.question')}
          description={t('modem.restart.text')}
          initialFocus={safe}
          actions={
            <>
              <Button ref={safe} label={t('ui.cancel')} onClick={close} />
              <Button
                label={t('modem.restart.act')}
                onClick={() => {
                  close();
                  void restart.run();
                }}
              />
            </>
          }
        />
      ) : null}
    </Card>
  );
}
