import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Device, Rung } from '#contract/desk/devices.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { useDesk, useSettings } from '#renderer/app/desk.tsx';
import { pathOfDevice, pathOfModem, pathOfProfiles } from '#renderer/app/navigation.ts';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chain } from '#renderer/ui/chain.tsx';
import { failureCode, FailureNote } from '#renderer/ui/states.tsx';
import { Card, Mono } from '#renderer/ui/surfaces.tsx';
import { chainStateOfRung, firstUnmet } from './ladder.ts';

/** Longer evidence (the ATR of a card) is cut beside its rung; technicians see all of it below. */
const shownEvidence = 20;

/** Rungs whose problem is something that a card or a modem said: its code stands below for support. */
const saidByDevice: ReadonlySet<Rung['name']> = new Set(['euicc', 'answers']);

/** What a device needs, step by step: each rung met with its evidence, the first unmet one with its remedy. `inside`: on the device's own screen, which needs no way to itself. */
export function LadderPanel({ device, inside = false }: { readonly device: Device; readonly inside?: boolean }): ReactNode {
  const { t, explain } = useWords();
  const desk = useDesk();
  const [, navigate] = useLocation();
  const technician = useSettings().value?.technicianMode === true;
  const refresh = useAction(() => desk.client.devices.refresh({ deviceId: device.deviceId }));
  const unmet = firstUnmet(device.ladder);
  return (
    <Card
      title={device.name}
      sub={unmet === null ? t('ladder.allMet') : t('ladder.unmet', { step: unmet.step, steps: unmet.steps })}
      actions={
        device.state === 'ghost' ? undefined : (
          <Button
            kind="ghost"
            size="compact"
            icon="refresh"
            iconOnly
            label={t('ladder.again')}
            working={refresh.running}
            onClick={() => void refresh.run()}
          />
        )
      }
    >
      <div className="card-body stack">
        <Chain
          label={t('ladder.label', { name: device.name })}
          steps={device.ladder.map((rung) => ({
            key: rung.name,
            state: chainStateOfRung(rung.state),
            title: t(`ladder.rung.${rung.name}`),
            ...(rung.evidence === null ? {} : { meta: rung.evidence }),
            ...(technician && rung.evidence !== null && rung.evidence.length > shownEvidence ? { text: <Mono>{rung.evidence}</Mono> } : {}),
            ...(rung.problem === null
              ? {}
              : {
                  text: explain(rung.problem).sentence,
                  more: (
                    <>
                      <p className="remedy-text">{explain(rung.problem).remedy}</p>
                      {technician || saidByDevice.has(rung.name) ? <p className="mono faint">{failureCode(rung.problem)}</p> : null}
                      <Remedy code={rung.problem.code} />
                      <WayOn device={device} code={rung.problem.code} inside={inside} />
                    </>
                  ),
                }),
          }))}
        />
        <FailureNote failure={refresh.failure} />
        {inside || (device.euicc === null && device.modem === null) ? null : (
          <div className="row s2 wrap">
            {device.modem === null ? null : <Button label={t('devices.details')} onClick={() => navigate(pathOfDevice(device.deviceId))} />}
            {device.euicc === null ? null : (
              <Button label={t('devices.profiles')} onClick={() => navigate(pathOfProfiles(device.deviceId))} />
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

/** Where in the window one goes on: to the lock of the SIM, to the networks, to the radio. */
function WayOn(props: { readonly device: Device; readonly code: ErrorCode; readonly inside: boolean }): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const section = sectionFor(props.code);
  // The lock stands beside the ladder on the modem's own page.
  if (section === null || props.device.modem === null || (props.inside && section === 'overview')) return null;
  return (
    <div className="remedy">
      <Button
        size="compact"
        end="right"
        label={t(`ladder.goOn.${section}`)}
        onClick={() => navigate(pathOfModem(props.device.deviceId, section))}
      />
    </div>
  );
}

function sectionFor(code: ErrorCode): 'overview' | 'network' | 'radio' | null {
  switch (code) {
    case 'SIM_PIN_REQUIRED':
    case 'SIM_PUK_REQUIRED':
      return 'overview';
    case 'NOT_REGISTERED':
      return 'network';
    case 'RADIO_LOCKED':
      return 'radio';
    default:
      return null;
  }
}

/** The page of the manual that helps with a rung, where there is one; opened by name from the application's own table. */
function Remedy({ code }: { readonly code: string }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const link =
    code === 'PCSC_MISSING' || code === 'PCSC_SERVICE_DOWN'
      ? 'pcscGuide'
      : code === 'PORT_PERMISSION' || code === 'PORT_BUSY'
        ? 'hardwareGuide'
        : null;
  const open = useAction((name: 'pcscGuide' | 'hardwareGuide') => desk.client.system.openLink({ link: name }));
  if (link === null) return null;
  return (
    <div className="remedy">
      <Button size="compact" end="external" label={t('ladder.guide')} working={open.running} onClick={() => void open.run(link)} />
      <FailureNote failure={open.failure} />
    </div>
  );
}
