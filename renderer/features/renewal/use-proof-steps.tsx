import { assertNever } from '#renderer/app/assert-never.ts';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Proof, Renewal } from '#contract/desk/account.ts';
import type { Device } from '#contract/desk/devices.ts';
import { useDevices } from '#renderer/app/desk.tsx';
import { pathOfProfiles } from '#renderer/app/navigation.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { useAdded } from '#renderer/features/plan/use-added.ts';
import { shortIccid } from '#renderer/i18n/identifiers.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import type { ChainStep } from '#renderer/ui/chain.tsx';
import type { IconName } from '#renderer/ui/icon.tsx';
import { chainStateOf } from './phase.ts';

/** The four places of a renewal as a chain: each with its time and with what was seen there. */
export function useProofSteps(renewal: Renewal): readonly ChainStep[] {
  const words = useWords();
  const { t, format } = words;
  const added = useAdded();
  const devices = useDevices().value?.devices ?? [];
  const { chain, order } = renewal;
  const device = devices.find(({ deviceId }) => deviceId === renewal.device?.deviceId) ?? null;
  const step = (key: keyof Renewal['chain'], icon: IconName, proven: ReactNode): ChainStep => {
    const proof = chain[key];
    return {
      key,
      icon,
      state: chainStateOf(proof),
      title: t(`chain.${key}`),
      ...(proof.at === null ? {} : { meta: format.timeExact(proof.at) }),
      text: proof.state === 'proven' ? proven : notProven(key, proof, words),
      ...(proof.problem?.code === 'PROFILE_NOT_ENABLED' && renewal.device !== null
        ? { more: <ChooseProfile deviceId={renewal.device.deviceId} /> }
        : {}),
    };
  };
  return [
    step('account', 'account', t('result.proof.account', { date: format.date(order.after?.validUntil ?? order.quote.newEnd) })),
    step('carrier', 'carrier', t('result.proof.carrier', { added: added(order.quote.added).join(t('ui.comma')) })),
    step('chip', 'chip', <ChipEvidence device={device} iccid={renewal.device?.iccid ?? null} />),
    step('network', 'network', networkEvidence(device, chain.network, words)),
  ];
}

function notProven(key: keyof Renewal['chain'], proof: Proof, { t }: Words): string {
  if (proof.problem !== null) return t(`errors:${proof.problem.code}.sentence`);
  switch (proof.state) {
    case 'waiting':
      return t(`result.waiting.${key}`);
    case 'failed':
      return t(`result.failed.${key}`);
    case 'unknown':
    case 'notApplicable':
    case 'proven':
      return t(`result.unknown.${key}`);
    default:
      return assertNever(proof.state);
  }
}

/** The repair, in the place that needs it. */
function ChooseProfile({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { t } = useWords();
  return <Link href={pathOfProfiles(deviceId)}>{t('devices.profiles')}</Link>;
}

function ChipEvidence({ device, iccid }: { readonly device: Device | null; readonly iccid: string | null }): ReactNode {
  const { t } = useWords();
  const profiles = device === null ? [] : euiccsOf(device).flatMap((euicc) => euicc.profiles);
  const profile = profiles.find((candidate) => candidate.iccid === iccid);
  return (
    <>
      {profile === undefined ? t('result.proof.chip') : t('check.profileEnabled', { name: profileName(profile) })}
      {iccid === null ? null : <span className="mono block">{shortIccid(iccid)}</span>}
    </>
  );
}

function networkEvidence(device: Device | null, proof: Proof, { t }: Words): string {
  const said = proof.evidence['operator'];
  const operator = typeof said === 'string' ? said : (device?.modem?.operator?.name ?? null);
  const technology = device?.modem?.registration.technology ?? null;
  if (operator === null) return t('result.proof.network');
  return technology === null
    ? t('result.proof.networkOn', { operator })
    : t('result.proof.networkOn', {
        operator: t('devices.operatorTechnology', { operator, technology: t(`devices.technology.${technologyKey(technology)}`) }),
      });
}
