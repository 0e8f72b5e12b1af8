import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useDesk, useDevices } from '#renderer/app/desk.tsx';
import { pathOfDevice } from '#renderer/app/navigation.ts';
import { DeviceBadge, useDeviceSummary } from '#renderer/features/devices/device-summary.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { SignalBars } from '#renderer/ui/figures.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Empty, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card } from '#renderer/ui/surfaces.tsx';

const shownAtMost = 4;

/** The devices in short; each leads to its own screen. */
export function HomeDevices(): ReactNode {
  const { t } = useWords();
  const { value, failure } = useDevices();
  const virtualBench = useDesk().system.get()?.virtualBench === true;
  const summary = useDeviceSummary();
  const devices = value?.devices.filter(({ state }) => state !== 'ghost') ?? [];
  return (
    <Card
      title={t('home.devices')}
      actions={
        <Link className="btn link compact" href="/devices">
          {t('home.allDevices')}
        </Link>
      }
    >
      {value === null ? (
        failure === null ? (
          <Skeleton rows={2} />
        ) : (
          <FailureRow failure={failure} />
        )
      ) : devices.length === 0 ? (
        <Empty title={t('devices.none.title')} text={virtualBench ? t('devices.none.reading') : t('devices.none.text')} />
      ) : (
        <ul className="list tight">
          {devices.slice(0, shownAtMost).map((device) => (
            <li key={device.deviceId} className="whole">
              {device.kind === 'modem' ? (
                <SignalBars
                  bars={device.modem?.signal?.bars ?? null}
                  label={t('devices.signalBars', { count: device.modem?.signal?.bars ?? 0 })}
                />
              ) : (
                <Icon name="reader" className="muted" />
              )}
              <div className="what">
                <Link href={pathOfDevice(device.deviceId)} className="whole-link">
                  <strong>{device.name}</strong>
                </Link>
              </div>
              <span className="muted clip">{summary(device)}</span>
              <DeviceBadge device={device} />
              <Icon name="chevron" className="s faint" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
