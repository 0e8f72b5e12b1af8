import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device } from '#contract/desk/devices.ts';
import { useDesk, useDevices, useTasks } from '#renderer/app/desk.tsx';
import { pathOfAddProfile, pathOfProfiles } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { devicesWithEuicc, firstUnmet } from '#renderer/features/devices/ladder.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { SelectBox } from '#renderer/ui/form.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card, Dot } from '#renderer/ui/surfaces.tsx';
import { ChipHead } from './chip-head.tsx';
import { ProfileList } from './profile-list.tsx';
import { TaskPanel } from './task-panel.tsx';
import './profiles.css';

/** The profiles of one chip; the chips of all readers and modems are one press away. */
export function Profiles({ deviceId }: { readonly deviceId: string | null }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const { value, failure } = useDevices();
  const withEuicc = value === null ? [] : devicesWithEuicc(value);
  const device = deviceId === null ? withEuicc[0] : value?.devices.find((candidate) => candidate.deviceId === deviceId);
  const choices = device === undefined || withEuicc.includes(device) ? withEuicc : [device, ...withEuicc];
  return (
    <Screen
      name="profiles"
      title={t('profiles.title')}
      actions={
        device === undefined ? undefined : (
          <>
            {device.virtual ? <Badge tone="line">{t('devices.virtual')}</Badge> : null}
            <SelectBox
              hideLabel
              className="pick"
              label={t('profiles.device')}
              start={<Dot tone={device.state === 'ready' ? 'ok' : 'warn'} />}
              value={device.deviceId}
              items={choices.map((choice) => ({ value: choice.deviceId, label: nameOfChip(choice, t) }))}
              onChange={(chosen) => navigate(pathOfProfiles(chosen), { replace: true })}
            />
            {device.euicc === null ? null : (
              <Button
                kind="primary"
                icon="plus"
                label={t('addProfile.entry')}
                onClick={() => navigate(pathOfAddProfile(device.deviceId))}
              />
            )}
          </>
        )
      }
    >
      {value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : device === undefined ? (
        <NoChip anyReading={value.devices.some(({ state }) => state === 'reading')} />
      ) : (
        <Chip device={device} />
      )}
    </Screen>
  );
}

/** The chip in a modem is told apart from the card in a reader. */
function nameOfChip(device: Device, t: ReturnType<typeof useWords>['t']): string {
  return device.kind === 'modem' ? t('profiles.inModem', { name: device.name }) : device.name;
}

function NoChip({ anyReading }: { readonly anyReading: boolean }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  return (
    <Card>
      <Empty title={anyReading ? t('profiles.none.reading') : t('profiles.none.title')} text={t('profiles.none.text')}>
        <Button kind="primary" label={t('home.allDevices')} onClick={() => navigate('/devices')} />
      </Empty>
    </Card>
  );
}

function Chip({ device }: { readonly device: Device }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const refresh = useAction(() => desk.client.devices.refresh({ deviceId: device.deviceId }));
  const tasks = (useTasks().value ?? []).filter((task) => task.deviceId === device.deviceId);
  // The running task, else the last one, so that its outcome stays beside the list that it changed.
  const latest = tasks.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  const task = latest.find(({ state }) => state === 'running') ?? latest[0];
  const { euicc } = device;
  const unmet = firstUnmet(device.ladder);
  if (euicc === null) {
    return (
      <Card>
        {unmet?.rung.problem === undefined || unmet.rung.problem === null ? (
          device.state === 'empty' ? (
            <Empty title={t('devices.summary.empty')} text={t('profiles.insert')} />
          ) : (
            <Skeleton />
          )
        ) : (
          <FailureRow failure={unmet.rung.problem} onRetry={() => void refresh.run()} />
        )}
      </Card>
    );
  }
  const all = euiccsOf(device);
  const several = all.length > 1;
  const layout = several ? 'elements' : `fill ${task === undefined ? 'alone-list' : ''}`;
  return (
    <div className={`profiles-grid ${layout}`}>
      {all.map((one) => (
        <div key={one.isdrAid} className="element">
          <ChipHead device={device} euicc={one} />
          <ProfileList
            chip={{ device, euicc: one }}
            actions={
              <Button
                kind="ghost"
                size="compact"
                icon="refresh"
                iconOnly
                label={t('profiles.readAgain')}
                working={refresh.running}
                onClick={() => void refresh.run()}
              />
            }
            note={<FailureNote failure={refresh.failure} />}
          />
        </div>
      ))}
      {task === undefined ? null : <TaskPanel task={task} />}
    </div>
  );
}
