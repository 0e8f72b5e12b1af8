import type { ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { TaskPanel } from '#renderer/features/profiles/task-panel.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { NetworksCard } from './networks-card.tsx';
import { ReadPart } from './read-part.tsx';
import { RegistrationFacts } from './registration-facts.tsx';
import { isUsable, type ModemOf } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';
import { useReading } from './use-reading.ts';

/** Where the modem is registered, and which networks there are. */
export function NetworkSection({ device, modem }: ModemOf): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const { state, technology } = modem.registration;
  const report = useReading(
    { key: deviceId, occasion: `${state} ${technology} ${modem.operator?.mccMnc}`, possible: isUsable(device) },
    (signal) => desk.client.modem.registration({ deviceId }, { signal }),
  );
  const task = useModemTask(deviceId, ['modem.scan', 'modem.selectNetwork']);
  // Its list is beside it, and says when it was made.
  const shown = task?.kind === 'modem.scan' && task.state === 'done' ? null : task;
  return (
    <div className="two top-align">
      <NetworksCard device={device} report={report.value} />
      <div className="stack">
        {shown === null ? null : <TaskPanel task={shown} />}
        <Card title={t('devices.registrationName')}>
          <ReadPart reading={report}>{(read) => <RegistrationFacts report={read} />}</ReadPart>
        </Card>
      </div>
    </div>
  );
}
