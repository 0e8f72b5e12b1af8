import type { ReactNode } from 'react';
import type { PacketData } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Toggle } from '#renderer/ui/form.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';

/** Whether the network knows this modem as one that uses data. Without that no context can be activated. */
export function AttachCard(props: {
  readonly deviceId: string;
  readonly attached: boolean;
  readonly usable: boolean;
  readonly onChange: (data: PacketData) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId, attached } = props;
  const change = useAction((next: boolean) => desk.client.modem.setAttached({ deviceId, attached: next }));
  const go = async (next: boolean): Promise<void> => {
    const after = await change.run(next);
    if (after !== null) props.onChange(after);
  };
  return (
    <Card title={t('modem.data.attach.title')}>
      <div className="card-body stack s3">
        <Toggle
          label={t('modem.data.attach.act')}
          hint={t(change.running ? 'modem.data.attach.changing' : attached ? 'modem.data.attach.on' : 'modem.data.attach.off')}
          checked={attached}
          disabled={!props.usable || change.running}
          onChange={(next) => void go(next)}
        />
        <FailureNote failure={change.failure} />
      </div>
    </Card>
  );
}
