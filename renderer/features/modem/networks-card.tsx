import { useRef, useState, type ReactNode } from 'react';
import type { Device } from '#contract/desk/devices.ts';
import type { RegistrationReport } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { writeMccMnc } from '#renderer/i18n/identifiers.ts';
import { useWords, type Translate } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { Empty, FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card, Tile, type BadgeTone } from '#renderer/ui/surfaces.tsx';
import { groupNetworks, type NetworkInReach } from './group-networks.ts';
import { isUsable } from './usable.ts';
import { useModemTask } from './use-modem-task.ts';

/** The networks in reach, once they were looked for, and who chooses among them: the modem, or the person. */
export function NetworksCard({ device, report }: { readonly device: Device; readonly report: RegistrationReport | null }): ReactNode {
  const { t, format } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const [forbidden, setForbidden] = useState<NetworkInReach | null>(null);
  const scanned = useModemTask(deviceId, ['modem.scan']);
  const selecting = useModemTask(deviceId, ['modem.selectNetwork'])?.state === 'running';
  const scan = useAction(() => desk.client.modem.scan({ deviceId }));
  const select = useAction((mccMnc: string | null) => desk.client.modem.selectNetwork({ deviceId, mccMnc }));
  const usable = isUsable(device);
  const selection = report?.selection ?? null;
  const networks = scanned?.networks ?? null;
  const held = selection !== null && selection !== 'automatic';
  const operator = report?.operator?.name ?? report?.operator?.mccMnc ?? null;
  const choose = (network: NetworkInReach): void => {
    if (network.state === 'forbidden') setForbidden(network);
    else void select.run(network.mccMnc);
  };
  return (
    <Card
      title={t('modem.network.title')}
      sub={selection === null ? undefined : sayChoice(selection, operator, t)}
      actions={
        <>
          {held ? (
            <Button
              size="compact"
              label={t('modem.network.automatic')}
              disabled={!usable && !selecting}
              working={select.running || selecting}
              onClick={() => void select.run(null)}
            />
          ) : null}
          <Button
            size="compact"
            icon="network"
            label={t(networks === null ? 'modem.network.scan' : 'modem.network.scanAgain')}
            disabled={!usable && scanned?.state !== 'running'}
            working={scan.running || scanned?.state === 'running'}
            onClick={() => void scan.run()}
          />
        </>
      }
    >
      {networks === null ? (
        <Empty title={t('modem.network.none')} text={t('modem.network.noneText')} />
      ) : networks.length === 0 ? (
        <Empty title={t('modem.network.nothing')} text={t('modem.network.nothingText')} />
      ) : (
        <ul className="list">
          {groupNetworks(networks).map((network) => (
            <NetworkRow key={network.mccMnc} network={network} disabled={!usable} onChoose={() => choose(network)} />
          ))}
        </ul>
      )}
      {networks === null || scanned?.finishedAt === null || scanned === null ? null : (
        <p className="sub as-of">{t('ui.asOf', { time: format.time(scanned.finishedAt) })}</p>
      )}
      {scan.failure === null && select.failure === null ? null : (
        <div className="card-body">
          <FailureNote failure={scan.failure ?? select.failure} />
        </div>
      )}
      {forbidden === null ? null : (
        <ForbiddenNetwork
          name={nameOf(forbidden)}
          onClose={() => setForbidden(null)}
          onChoose={() => {
            setForbidden(null);
            void select.run(forbidden.mccMnc);
          }}
        />
      )}
    </Card>
  );
}

/** Who chooses the network; one that is held without being in reach has no name. */
function sayChoice(selection: NonNullable<RegistrationReport['selection']>, operator: string | null, t: Translate): string {
  if (selection === 'automatic' || selection === 'deregistered') return t(`modem.network.selection.${selection}`);
  return operator === null ? t('modem.network.selection.unnamed') : t(`modem.network.selection.${selection}`, { operator });
}

function nameOf({ name, mccMnc }: NetworkInReach): string {
  return name ?? writeMccMnc(mccMnc);
}

const tones: Readonly<Record<NetworkInReach['state'], BadgeTone>> = {
  current: 'ok',
  available: 'neutral',
  unknown: 'neutral',
  forbidden: 'bad',
};

function NetworkRow(props: { readonly network: NetworkInReach; readonly disabled: boolean; readonly onChoose: () => void }): ReactNode {
  const { t } = useWords();
  const { network } = props;
  const name = nameOf(network);
  const technologies = network.technologies.map((technology) => t(`devices.technology.${technologyKey(technology)}`));
  return (
    <li data-network={network.mccMnc} data-state={network.state}>
      <Tile tone={network.state === 'current' ? 'ok' : 'neutral'} icon="carrier" />
      <div className="what">
        <strong>{name}</strong>
        <p>{[...(network.name === null ? [] : [writeMccMnc(network.mccMnc)]), ...technologies].join(' · ')}</p>
      </div>
      <Badge tone={tones[network.state]}>{t(`modem.network.found.${network.state}`)}</Badge>
      <Button
        size="compact"
        label={t('modem.network.use')}
        aria-label={t('modem.network.useNamed', { name })}
        disabled={props.disabled}
        onClick={props.onChoose}
      />
    </li>
  );
}

/** What a network has refused before it may refuse again; the modem is without a network until then. */
function ForbiddenNetwork(props: { readonly name: string; readonly onClose: () => void; readonly onChoose: () => void }): ReactNode {
  const { t } = useWords();
  const safe = useRef<HTMLButtonElement>(null);
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('modem.network.forbidden.title', { name: props.name })}
      description={t('modem.network.forbidden.text')}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={props.onClose} />
          <Button label={t('modem.network.forbidden.act')} onClick={props.onChoose} />
        </>
      }
    />
  );
}
