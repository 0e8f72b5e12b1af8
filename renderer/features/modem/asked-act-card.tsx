import { useRef, useState, type ReactNode } from 'react';
import type { Device } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import type { IconName } from '#renderer/ui/icon.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { isUsable } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';

type Act = 'restart' | 'freeChannels';
const icons = { restart: 'power', freeChannels: 'key' } as const satisfies Readonly<Record<Act, IconName>>;

/** What is done to the whole modem. Others, or the connection, lose something by it for a while, so it is asked once. */
export function AskedActCard({ device, act }: { readonly device: Device; readonly act: Act }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const [asking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const action = useAction(() => desk.client.modem[act]({ deviceId }));
  const running = useModemTask(deviceId, [`modem.${act}`])?.state === 'running';
  const close = (): void => setAsking(false);
  return (
    <Card title={t(`modem.${act}.title`)}>
      <div className="card-body stack s3">
        <p className="muted">{t(`modem.${act}.about`)}</p>
        <div className="row">
          <Button
            icon={icons[act]}
            label={t(`modem.${act}.act`)}
            disabled={!isUsable(device) && !running}
            working={action.running || running}
            onClick={() => setAsking(true)}
          />
        </div>
        <FailureNote failure={action.failure} />
      </div>
      {asking ? (
        <Modal
          open
          onClose={close}
          title={t(`modem.${act}.question`)}
          description={t(`modem.${act}.text`)}
          initialFocus={safe}
          actions={
            <>
              <Button ref={safe} label={t('ui.cancel')} onClick={close} />
              <Button
                label={t(`modem.${act}.act`)}
                onClick={() => {
                  close();
                  void action.run();
                }}
              />
            </>
          }
        />
      ) : null}
    </Card>
  );
}
