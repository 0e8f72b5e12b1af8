import type { ReactNode } from 'react';
import { TaskPanel } from '#renderer/features/profiles/task-panel.tsx';
import { FactoryResetCard } from './factory-reset-card.tsx';
import { RestartCard } from './restart-card.tsx';
import type { ModemOf } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';

/** What is done to the modem itself. */
export function MaintenanceSection({ device, modem }: ModemOf): ReactNode {
  const task = useModemTask(device.deviceId, ['modem.restart', 'modem.factoryReset']);
  return (
    <div className="two top-align">
      <div className="stack">
        <RestartCard device={device} />
        <FactoryResetCard device={device} modem={modem} />
      </div>
      {task === null ? null : <TaskPanel task={task} />}
    </div>
  );
}
