import type { ReactNode } from 'react';
import type { RadioSettings } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Toggle } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Banner, Card } from '#renderer/ui/surfaces.tsx';

/** Airplane mode, and the lock of a laptop's maker that holds the radio off whatever one says. */
export function PowerCard(props: {
  readonly deviceId: string;
  readonly settings: RadioSettings;
  readonly usable: boolean;
  readonly onChange: (settings: RadioSettings) => void;
}): ReactNode {
  const { t, explain } = useWords();
  const desk = useDesk();
  const { deviceId, settings } = props;
  const change = useAction((airplane: boolean) => desk.client.modem.setAirplaneMode({ deviceId, airplane }));
  const go = async (airplane: boolean): Promise<void> => {
    const after = await change.run(airplane);
    if (after !== null) props.onChange(after);
  };
  const { power, fccLocked } = settings;
  const locked = fccLocked === true ? explain({ code: 'RADIO_LOCKED', details: {} }) : null;
  return (
    <Card title={t('modem.radio.power.title')}>
      <div className="card-body stack s3">
        {locked === null ? null : (
          <Banner tone="warn" icon="lock" title={locked.sentence}>
            {locked.remedy}
          </Banner>
        )}
        {power === null ? (
          <p className="muted">{t('modem.radio.notTold')}</p>
        ) : (
          <Toggle
            label={t('modem.radio.airplane')}
            hint={t(change.running ? 'modem.radio.turning' : `modem.radio.power.${power}`)}
            checked={power !== 'on'}
            disabled={!props.usable || change.running}
            onChange={(airplane) => void go(airplane)}
          />
        )}
        {locked === null || change.failure?.code !== 'RADIO_LOCKED' ? <FailureNote failure={change.failure} /> : null}
      </div>
    </Card>
  );
}
