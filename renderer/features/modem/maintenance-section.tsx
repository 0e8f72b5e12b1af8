import type { ReactNode } from 'react';
import { TaskPanel } from '#renderer/features/profiles/task-panel.tsx';
import { AskedActCard } from './asked-act-card.tsx';
import { FactoryResetCard } from './factory-reset-card.tsx';
import type { ModemOf } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';

/** What is done to the modem itself. */
export function MaintenanceSection({ device, modem }: ModemOf): ReactNode {
  const task = useModemTask(device.deviceId, ['modem.restart', 'modem.freeChannels', 'modem.factoryReset']);
  return (
    <div className="two top-align">
      <div className="stack">
        <AskedActCard device={device} act="restart" />
        <AskedActCard device={device} act="freeChannels" />
        <FactoryResetCard device={device} modem={modem} />
      </div>
      {task === null ? null : <TaskPanel task={task} />}
    </div>
  );
}
