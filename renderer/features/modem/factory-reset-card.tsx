import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from '#renderer/ui/form.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { isUsable, type ModemOf } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';

/** Putting every setting of the modem back to what its maker shipped. */
export function FactoryResetCard({ device, modem }: ModemOf): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const { imei } = modem;
  const [asking, setAsking] = useState(false);
  const reset = useAction((confirmed: string) => desk.client.modem.factoryReset({ deviceId, imei: confirmed }));
  const running = useModemTask(deviceId, ['modem.factoryReset'])?.state === 'running';
  return (
    <Card title={t('modem.factory.title')}>
      <div className="card-body stack s3">
        <p className="muted">{t(imei === null ? 'modem.factory.noImei' : 'modem.factory.about')}</p>
        {imei === null ? null : (
          <div className="row">
            <Button
              className="danger-quiet"
              icon="trash"
              label={t('modem.factory.open')}
              disabled={!isUsable(device) && !running}
              working={reset.running || running}
              onClick={() => setAsking(true)}
            />
          </div>
        )}
        <FailureNote failure={reset.failure} />
      </div>
      {asking && imei !== null ? (
        <FactoryResetDialog
          imei={imei}
          onClose={() => setAsking(false)}
          onReset={() => {
            setAsking(false);
            void reset.run(imei);
          }}
        />
      ) : null}
    </Card>
  );
}

/** So many digits are typed: it is the modem in hand that is meant. */
const typedDigits = 4;

function FactoryResetDialog(props: { readonly imei: string; readonly onClose: () => void; readonly onReset: () => void }): ReactNode {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const safe = useRef<HTMLButtonElement>(null);
  const confirmed = typed.trim() === props.imei.slice(-typedDigits);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (confirmed) props.onReset();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('modem.factory.question')}
      description={t('modem.factory.text')}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="danger" type="submit" form="factory-reset" label={t('modem.factory.act')} disabled={!confirmed} />
        </>
      }
    >
      <form id="factory-reset" className="stack s3" onSubmit={submit}>
        <p className="muted">
          IMEI <span className="mono">{props.imei}</span>
        </p>
        <Field
          label={t('modem.factory.type')}
          name="confirmation"
          autoComplete="off"
          inputMode="numeric"
          maxLength={typedDigits}
          placeholder={props.imei.slice(-typedDigits)}
          value={typed}
          onValue={setTyped}
        />
      </form>
    </Modal>
  );
}
