import { assertNever } from '#renderer/app/assert-never.ts';
import type { ReactNode } from 'react';
import type { Device } from '#contract/desk/devices.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { useDesk, useStore } from '#renderer/app/desk.tsx';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Badge, type BadgeTone } from '#renderer/ui/surfaces.tsx';
import { firstUnmet } from './ladder.ts';
import { technologyKey } from './technology.ts';

/** A device in one sentence: what is in it, or what it waits for. */
export function useDeviceSummary(): (device: Device) => string {
  const words = useWords();
  return (device) => summarise(device, words);
}

function summarise(device: Device, words: Words): string {
  const { t, format, explain } = words;
  switch (device.state) {
    case 'reading':
      return device.kind === 'modem' ? t('devices.summary.readingModem') : t('devices.summary.reading');
    case 'empty':
      return t('devices.summary.empty');
    case 'reconnecting':
      return t('devices.summary.reconnecting');
    case 'ghost':
      return t('devices.summary.ghost', { time: format.time(device.seenAt) });
    case 'blocked': {
      const unmet = firstUnmet(device.ladder);
      return unmet?.rung.problem === undefined || unmet.rung.problem === null
        ? t('devices.summary.blocked')
        : explain(unmet.rung.problem).sentence;
    }
    case 'ready':
      return device.kind === 'modem' && device.modem !== null ? modemSentence(device, words) : euiccSentence(device, t);
    default:
      return assertNever(device.state);
  }
}

function euiccSentence(device: Device, t: Words['t']): string {
  const euiccs = euiccsOf(device);
  if (euiccs.length === 0) return t('devices.summary.ready');
  const profiles = euiccs.flatMap((euicc) => euicc.profiles);
  const enabled = profiles.find(({ state }) => state === 'enabled');
  const count = profiles.length;
  return enabled === undefined
    ? t('devices.summary.euicc', { count })
    : t('devices.summary.euiccEnabled', { count, name: profileName(enabled) });
}

function modemSentence({ modem }: Device, { t, format }: Words): string {
  if (modem === null) return t('devices.summary.ready');
  const { registration, operator, signal } = modem;
  if (registration.state !== 'home' && registration.state !== 'roaming') return t(`devices.registration.${registration.state}`);
  const parts = [
    registration.technology === null ? null : t(`devices.technology.${technologyKey(registration.technology)}`),
    operator?.name ?? operator?.mccMnc ?? null,
    registration.state === 'roaming' ? t('devices.registration.roaming') : null,
    signal === null || signal.rsrp === null ? null : `${format.signed(signal.rsrp)} dBm`,
  ];
  return parts.filter((part) => part !== null).join(t('ui.comma'));
}

const newcomer = ['accent', 'new'] as const;

/** The state of a device in one or two words, "New" for a moment after it was plugged in; a virtual device says so, always. */
export function DeviceBadge({ device }: { readonly device: Device }): ReactNode {
  const { t } = useWords();
  const isNew = useStore(useDesk().arrivals).has(device.deviceId);
  const [tone, key] = isNew && (device.state === 'reading' || device.state === 'ready') ? newcomer : badgeOf(device);
  return (
    <span className="acts">
      {device.virtual ? <Badge tone="line">{t('devices.virtual')}</Badge> : null}
      <Badge tone={tone}>{t(`devices.state.${key}`)}</Badge>
    </span>
  );
}

type BadgeKey = 'reading' | 'ready' | 'online' | 'noNetwork' | 'empty' | 'blocked' | 'reconnecting' | 'ghost';

function badgeOf(device: Device): readonly [BadgeTone, BadgeKey] {
  switch (device.state) {
    case 'reading':
      return ['accent', 'reading'];
    case 'empty':
      return ['neutral', 'empty'];
    case 'blocked':
      return ['bad', 'blocked'];
    case 'reconnecting':
      return ['info', 'reconnecting'];
    case 'ghost':
      return ['line', 'ghost'];
    case 'ready': {
      if (device.modem === null) return ['ok', 'ready'];
      const { state } = device.modem.registration;
      return state === 'home' || state === 'roaming' ? ['ok', 'online'] : ['warn', 'noNetwork'];
    }
    default:
      return assertNever(device.state);
  }
}
