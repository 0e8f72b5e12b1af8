import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import { useDesk, useDevices, useTasks } from '#renderer/app/desk.tsx';
import { pathOfDevice, pathOfEuicc } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { chipKey, chipName, euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { firstUnmet } from '#renderer/features/devices/ladder.ts';
import { NotificationsCard } from '#renderer/features/notifications/notifications-card.tsx';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectBox } from '#renderer/ui/form.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card } from '#renderer/ui/surfaces.tsx';
import { Capabilities } from './capabilities.tsx';
import { ChipIdentity } from './chip-identity.tsx';
import { ChipServers } from './chip-servers.tsx';
import { ResetCard } from './reset-card.tsx';
import { TrustedRoots } from './trusted-roots.tsx';
import './euicc.css';

/** One eUICC: what it is, whom it trusts, what it can do, what it has to tell, and what can be deleted from it. */
export function EuiccScreen({ deviceId, isdrAid }: { readonly deviceId: string; readonly isdrAid: string | null }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const { value, failure } = useDevices();
  const device = value?.devices.find((candidate) => candidate.deviceId === deviceId) ?? null;
  const all = device === null ? [] : euiccsOf(device);
  const euicc = all.find((candidate) => candidate.isdrAid === isdrAid) ?? all[0];
  const refresh = useAction(() => desk.client.devices.refresh({ deviceId }));
  return (
    <Screen
      name="euicc"
      title={t('euicc.title')}
      sub={device?.name}
      back={{ path: pathOfDevice(deviceId), label: t('profiles.device') }}
      actions={
        device === null || euicc === undefined ? undefined : (
          <>
            <ElementChoice device={device} euicc={euicc} />
            {device.virtual ? <Badge tone="line">{t('devices.virtual')}</Badge> : null}
            <Button
              kind="ghost"
              icon="refresh"
              label={
                device.state === 'ready'
                  ? t('devices.readAt', { time: format.time(euicc.readAt) })
                  : t('ui.asOf', { time: format.time(euicc.readAt) })
              }
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
      ) : euicc === undefined ? (
        <NoChip device={device} onRetry={() => void refresh.run()} />
      ) : (
        <Chip key={chipKey({ device, euicc })} device={device} euicc={euicc} />
      )}
    </Screen>
  );
}

function Chip({ device, euicc }: { readonly device: Device; readonly euicc: EuiccOverview }): ReactNode {
  const chip = { device, euicc };
  const usesTestRoot = (useTasks().value ?? []).some((task) => task.deviceId === device.deviceId && task.testRoots);
  return (
    <>
      <ChipIdentity {...chip} />
      <div className="two top-align">
        <div className="stack">
          <NotificationsCard chip={euicc} carrier={chip} />
          <TrustedRoots roots={euicc.ciRoots} usesTestRoot={usesTestRoot} />
          <Capabilities euicc={euicc} />
        </div>
        <div className="stack">
          <ChipServers {...chip} />
          <ResetCard {...chip} />
        </div>
      </div>
    </>
  );
}

/** A card may hold several chips; each has its own page. */
function ElementChoice({ device, euicc }: { readonly device: Device; readonly euicc: EuiccOverview }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const all = euiccsOf(device);
  if (all.length < 2) return null;
  return (
    <SelectBox
      hideLabel
      className="pick"
      label={t('euicc.element')}
      value={euicc.isdrAid}
      items={all.map((one) => ({ value: one.isdrAid, label: chipName({ device, euicc: one }, t) }))}
      onChange={(isdrAid) => navigate(pathOfEuicc({ deviceId: device.deviceId, isdrAid }), { replace: true })}
    />
  );
}

function NoChip({ device, onRetry }: { readonly device: Device; readonly onRetry: () => void }): ReactNode {
  const { t } = useWords();
  const problem = firstUnmet(device.ladder)?.rung.problem ?? null;
  return (
    <Card>
      {problem !== null ? (
        <FailureRow failure={problem} onRetry={onRetry} />
      ) : device.state === 'reading' || device.state === 'reconnecting' ? (
        <Skeleton />
      ) : (
        <Empty title={t('profiles.none.title')} text={t('profiles.none.text')} />
      )}
    </Card>
  );
}
