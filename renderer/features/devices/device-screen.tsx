import type { ReactNode } from 'react';
import { useDesk, useDevices } from '#renderer/app/desk.tsx';
import { modemSections } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { ModemPage } from '#renderer/features/modem/modem-page.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';
import { ChipCard } from './chip-card.tsx';
import { DeviceBadge } from './device-summary.tsx';
import { LadderPanel } from './ladder-panel.tsx';
import { portName } from './ladder.ts';
import './devices.css';

/** One device: a modem that has answered with all its parts; else the chip in it and what it needs. */
export function DeviceScreen({ deviceId, section }: { readonly deviceId: string; readonly section: string }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const { value, failure } = useDevices();
  const device = value?.devices.find((candidate) => candidate.deviceId === deviceId) ?? null;
  const refresh = useAction(() => desk.client.devices.refresh({ deviceId }));
  const readAt = device?.modem?.readAt ?? device?.euicc?.readAt ?? null;
  return (
    <Screen
      name="device"
      title={device?.name ?? portName(deviceId)}
      back={{ path: '/devices', label: t('devices.title') }}
      actions={
        device === null || device.state === 'ghost' ? undefined : (
          <>
            <DeviceBadge device={device} />
            <Button
              kind="ghost"
              icon="refresh"
              label={readAt === null ? t('ladder.again') : t('devices.readAt', { time: format.time(readAt) })}
              working={refresh.running}
              onClick={() => void refresh.run()}
            />
          </>
        )
      }
    >
      <FailureNote failure={refresh.failure} />
      {value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : device === null ? (
        <Card>
          <Empty title={t('devices.unknown.title')} text={t('devices.unknown.text')} />
        </Card>
      ) : device.modem !== null ? (
        <ModemPage
          key={deviceId}
          device={device}
          modem={device.modem}
          section={modemSections.find((candidate) => candidate === section) ?? 'overview'}
        />
      ) : (
        <div className="two top-align">
          <div className="stack">
            {euiccsOf(device).map((euicc) => (
              <ChipCard key={euicc.isdrAid} device={device} euicc={euicc} />
            ))}
          </div>
          <LadderPanel inside device={device} />
        </div>
      )}
    </Screen>
  );
}
