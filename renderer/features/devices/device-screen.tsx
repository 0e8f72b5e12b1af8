import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device, ModemStatus } from '#contract/desk/devices.ts';
import { useDesk, useDevices, useMessages, useSettings } from '#renderer/app/desk.tsx';
import { pathOfEuicc, pathOfMessages, pathOfProfiles } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { chipAddress, euiccsOf, type Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { writeEid, writeIccid, writeMccMnc } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card, Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';
import { DeviceBadge } from './device-summary.tsx';
import { LadderPanel } from './ladder-panel.tsx';
import { portName } from './ladder.ts';
import { technologyKey } from './technology.ts';
import './devices.css';

/** One device: for a modem its signal, registration, SIM and identity; for a reader the chip in it; always its ladder. */
export function DeviceScreen({ deviceId }: { readonly deviceId: string }): ReactNode {
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
      ) : (
        <>
          {device.modem === null ? null : <Figures modem={device.modem} />}
          <div className="two wide-left top-align">
            <div className="stack">
              {device.modem === null ? null : <ModemCard device={device} modem={device.modem} />}
              {euiccsOf(device).map((euicc) => (
                <ChipCard key={euicc.isdrAid} device={device} euicc={euicc} />
              ))}
            </div>
            <LadderPanel inside device={device} />
          </div>
        </>
      )}
    </Screen>
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly text?: boolean;
}): ReactNode {
  return (
    <div>
      <span className="sub">{props.name}</span>
      <p className={`figure ${props.text === true ? 'text' : ''}`}>
        <span className="clip">{props.value}</span>
        {props.unit === undefined ? null : <small>{props.unit}</small>}
      </p>
      {props.note ?? <span className="sub"> </span>}
    </div>
  );
}

/** Reference signal quality as operators grade it; the same limits as the bars of the application. */
function rsrpGrade(rsrp: number): 'good' | 'fair' | 'poor' {
  return rsrp >= -95 ? 'good' : rsrp >= -105 ? 'fair' : 'poor';
}
const gradeTones = { good: 'ok', fair: 'warn', poor: 'bad' } as const;

function Figures({ modem }: { readonly modem: ModemStatus }): ReactNode {
  const { t, format } = useWords();
  const { signal, registration, operator } = modem;
  const rsrp = signal?.rsrp ?? null;
  const rsrq = signal?.rsrq ?? null;
  const rssi = signal?.rssi ?? null;
  const grade = rsrp === null ? null : rsrpGrade(rsrp);
  const value = (number: number | null): string => (number === null ? '–' : format.signed(number));
  return (
    <section className="card figures" aria-label={t('devices.signal')}>
      <Figure
        name="RSRP"
        value={value(rsrp)}
        unit="dBm"
        note={grade === null ? undefined : <Badge tone={gradeTones[grade]}>{t(`devices.grade.${grade}`)}</Badge>}
      />
      <Figure name="RSRQ" value={value(rsrq)} unit="dB" />
      <Figure name="RSSI" value={value(rssi)} unit="dBm" />
      <Figure
        text
        name={t('devices.technologyName')}
        value={registration.technology === null ? '–' : t(`devices.technology.${technologyKey(registration.technology)}`)}
      />
      <Figure
        text
        name={t('devices.operator')}
        value={operator?.name ?? '–'}
        note={<span className="sub">{operator?.mccMnc === null || operator === null ? ' ' : writeMccMnc(operator.mccMnc)}</span>}
      />
      <Figure text name={t('devices.registrationName')} value={t(`devices.registrationShort.${registration.state}`)} />
    </section>
  );
}

const text = (value: string | null): ReactNode => value ?? '–';
const identifier = (value: string | null, written: string | null): ReactNode => (value === null ? '–' : <Mono>{written ?? value}</Mono>);

function ModemCard({ device, modem }: { readonly device: Device; readonly modem: ModemStatus }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const unread = useMessages().value?.messages.filter((message) => message.deviceId === device.deviceId && message.unread).length ?? 0;
  const technician = useSettings().value?.technicianMode === true;
  const facts: Fact[] = [
    [t('devices.manufacturer'), text(modem.manufacturer)],
    [t('devices.model'), text(modem.model)],
    [t('devices.firmware'), identifier(modem.revision, null)],
    ['IMEI', identifier(modem.imei, null)],
    ['SIM', t(`devices.sim.${modem.sim}`)],
    ['ICCID', identifier(modem.iccid, modem.iccid === null ? null : writeIccid(modem.iccid))],
    ['IMSI', identifier(modem.imsi, null)],
    [t('devices.port'), <Mono key="port">{portName(device.deviceId)}</Mono>],
  ];
  if (technician) {
    facts.push(
      [t('devices.areaCode'), identifier(modem.registration.areaCode, null)],
      [t('devices.cellId'), identifier(modem.registration.cellId, null)],
    );
  }
  return (
    <Card
      title={t('devices.modem')}
      actions={
        <Button
          size="compact"
          icon="sms"
          label={unread === 0 ? t('messages.title') : t('messages.unread', { count: unread })}
          onClick={() => navigate(pathOfMessages(device.deviceId))}
        />
      }
    >
      <div className="card-body">
        <Facts form="cols wide" facts={facts} />
      </div>
    </Card>
  );
}

function ChipCard({ device, euicc }: Chip): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const enabled = euicc.profiles.find(({ state }) => state === 'enabled');
  return (
    <Card
      title={t('devices.chip')}
      actions={
        <>
          <Button size="compact" label={t('profiles.details')} onClick={() => navigate(pathOfEuicc(chipAddress({ device, euicc })))} />
          <Button size="compact" label={t('devices.profiles')} onClick={() => navigate(pathOfProfiles(device.deviceId))} />
        </>
      }
    >
      <div className="card-body stack s3">
        <p className="row s2">
          <span className="muted">EID</span>
          <Mono>{writeEid(euicc.eid)}</Mono>
          <CopyButton text={euicc.eid} name="EID" />
        </p>
        <p>{enabled === undefined ? t('devices.noneEnabled') : t('check.profileEnabled', { name: profileName(enabled) })}</p>
        <p className="muted">{t('devices.summary.euicc', { count: euicc.profiles.length })}</p>
      </div>
    </Card>
  );
}
