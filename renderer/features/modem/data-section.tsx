import type { ReactNode } from 'react';
import { useDesk } from '#renderer/app/desk.tsx';
import { AttachCard } from './attach-card.tsx';
import { ContextsCard } from './contexts-card.tsx';
import { SuggestionsCard } from './suggestions-card.tsx';
import { isUsable, type ModemOf } from './usable.ts';
import { useReading } from './use-reading.ts';

/** The way to the network's data: attached or not, the contexts, and what the carrier tells its customers to enter. */
export function DataSection({ device, modem }: ModemOf): ReactNode {
  const desk = useDesk();
  const { deviceId } = device;
  const usable = isUsable(device);
  const { state } = modem.registration;
  const data = useReading({ key: deviceId, occasion: `${state} ${modem.iccid}`, possible: usable }, (signal) =>
    desk.client.modem.packetData({ deviceId }, { signal }),
  );
  // They are the carrier's: another SIM has others.
  const suggestions = useReading({ key: `${deviceId} ${modem.iccid}`, occasion: modem.sim, possible: usable }, (signal) =>
    desk.client.modem.suggestedContexts({ deviceId }, { signal }),
  );
  const shared = { deviceId, usable };
  return (
    <div className="two top-align">
      <ContextsCard {...shared} data={data} />
      {data.value === null ? null : (
        <div className="stack">
          {data.value.attached === null ? null : <AttachCard {...shared} attached={data.value.attached} onChange={data.put} />}
          <SuggestionsCard {...shared} data={data.value} suggestions={suggestions} onChange={data.put} />
        </div>
      )}
    </div>
  );
}
