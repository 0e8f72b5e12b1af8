import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device, DevicesSnapshot } from '#contract/desk/devices.ts';
import { useDesk, useDevices, useStore } from '#renderer/app/desk.tsx';
import { pathOfDevice } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SignalBars } from '#renderer/ui/figures.tsx';
import { Empty, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Card, Tile } from '#renderer/ui/surfaces.tsx';
import { DeviceBadge, useDeviceSummary } from './device-summary.tsx';
import { LadderPanel } from './ladder-panel.tsx';
import { devicesOfKind, devicesThatNeedAttention, firstUnmet } from './ladder.ts';
import { NoDevices } from './no-devices.tsx';
import './devices.css';

/** Modems and readers, those that need attention with their ladder beside the list. */
export function Devices(): ReactNode {
  const { t } = useWords();
  const { value, failure } = useDevices();
  const [chosen, setChosen] = useState<string | null>(null);
  const connected = value?.devices.filter(({ state }) => state !== 'ghost').length ?? 0;
  const waiting = value === null ? 0 : devicesThatNeedAttention(value);
  const sub =
    value === null || value.devices.length === 0
      ? undefined
      : [t('devices.connected', { count: connected }), ...(waiting === 0 ? [] : [t('devices.needYou', { count: waiting })])].join(
          t('ui.comma'),
        );
  return (
    <Screen name="devices" title={t('devices.title')} sub={sub}>
      {value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : value.devices.length === 0 ? (
        <NoDevices snapshot={value} />
      ) : (
        <DeviceLists snapshot={value} chosen={chosen} onChoose={setChosen} />
      )}
    </Screen>
  );
}

function DeviceLists(props: {
  readonly snapshot: DevicesSnapshot;
  readonly chosen: string | null;
  readonly onChoose: (deviceId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const { snapshot } = props;
  const { devices } = snapshot;
  // The panel answers "what about this one?": the chosen one, else the first that needs the person, else the first.
  const shown =
    devices.find(({ deviceId }) => deviceId === props.chosen) ??
    devices.find(({ state }) => state === 'blocked') ??
    devices.find(({ state }) => state !== 'ghost');
  const list = (kind: Device['kind'], title: string, none: string): ReactNode => {
    const ofKind = devicesOfKind(snapshot, kind);
    const problem = snapshot.transports.find((transport) => transport.kind === kind && transport.problem !== null)?.problem ?? null;
    return (
      <Card title={title}>
        {problem === null ? null : <FailureRow failure={problem} />}
        {ofKind.length === 0 && problem === null ? <Empty title={none} /> : null}
        {ofKind.length === 0 ? null : (
          <ul className="list">
            {ofKind.map((device) => (
              <DeviceRow
                key={device.deviceId}
                device={device}
                selected={device === shown}
                onChoose={() => props.onChoose(device.deviceId)}
              />
            ))}
          </ul>
        )}
      </Card>
    );
  };
  return (
    <div className="two wide-left top-align">
      <div className="stack">
        {list('modem', t('devices.modems'), t('devices.noModems'))}
        {list('reader', t('devices.readers'), t('devices.noReaders'))}
      </div>
      {shown === undefined ? null : <LadderPanel key={shown.deviceId} device={shown} />}
    </div>
  );
}

const tileTones: Readonly<Record<Device['state'], 'neutral' | 'accent' | 'bad'>> = {
  reading: 'accent',
  ready: 'accent',
  empty: 'neutral',
  blocked: 'bad',
  reconnecting: 'neutral',
  ghost: 'neutral',
};

function DeviceRow(props: { readonly device: Device; readonly selected: boolean; readonly onChoose: () => void }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const summary = useDeviceSummary();
  const { device } = props;
  const isNew = useStore(desk.arrivals).has(device.deviceId);
  const forget = useAction(() => desk.client.devices.forget({ deviceId: device.deviceId }));
  const ghost = device.state === 'ghost';
  const blocked = device.state === 'blocked';
  const open = (): void => (blocked ? props.onChoose() : navigate(pathOfDevice(device.deviceId)));
  return (
    <li
      className={[ghost ? 'gone' : '', isNew ? 'new' : '', props.selected ? 'selected' : '', 'pressable']
        .filter((name) => name !== '')
        .join(' ')}
      data-device={device.deviceId}
      data-state={device.state}
    >
      <Tile tone={tileTones[device.state]} icon={device.state === 'reconnecting' ? 'refresh' : device.kind} />
      <div className="what">
        <button type="button" className="whole-link" aria-pressed={props.selected} onClick={props.onChoose}>
          <strong>{device.name}</strong>
        </button>
        <p>{summary(device)}</p>
      </div>
      {device.modem === null || device.state !== 'ready' ? null : (
        <SignalBars bars={device.modem.signal?.bars ?? null} label={t('devices.signalBars', { count: device.modem.signal?.bars ?? 0 })} />
      )}
      <DeviceBadge device={device} />
      {ghost ? (
        <Button kind="ghost" size="compact" label={t('devices.forget')} working={forget.running} onClick={() => void forget.run()} />
      ) : (
        <Button
          size="compact"
          label={blocked ? t('devices.fix') : t('devices.open')}
          aria-label={t(blocked ? 'devices.fixNamed' : 'devices.openNamed', { name: device.name })}
          disabled={
            device.state === 'empty' ||
            device.state === 'reconnecting' ||
            (device.state === 'reading' && firstUnmet(device.ladder) === null && device.euicc === null && device.modem === null)
          }
          onClick={open}
        />
      )}
    </li>
  );
}
