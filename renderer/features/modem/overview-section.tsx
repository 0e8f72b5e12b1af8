import type { ReactNode } from 'react';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { ChipCard } from '#renderer/features/devices/chip-card.tsx';
import { LadderPanel } from '#renderer/features/devices/ladder-panel.tsx';
import { IdentityCard } from './identity-card.tsx';
import { ModemFigures } from './modem-figures.tsx';
import { SimLockCard } from './sim-lock-card.tsx';
import type { ModemOf } from './usable.ts';
import type { Radio } from './use-radio.ts';

/** Who the modem is, how it is, its SIM's lock, and the steps to a connection. A SIM that waits for a code comes first. */
export function OverviewSection({ device, modem, radio }: ModemOf & { readonly radio: Radio }): ReactNode {
  const waits = modem.sim === 'pinRequired' || modem.sim === 'pukRequired';
  const lock = <SimLockCard key="lock" device={device} modem={modem} />;
  const identity = <IdentityCard key="identity" device={device} modem={modem} />;
  return (
    <>
      <ModemFigures modem={modem} report={radio.report} />
      <div className="two top-align">
        <div className="stack">
          {waits ? [lock, identity] : [identity, lock]}
          {euiccsOf(device).map((euicc) => (
            <ChipCard key={euicc.isdrAid} device={device} euicc={euicc} />
          ))}
        </div>
        <LadderPanel inside device={device} />
      </div>
    </>
  );
}
