import type { ModemStatus } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import { instantNow, withDeadline } from '../clock.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { CardParts } from './card-parts.ts';
import { onCard } from './card-session.ts';
import type { Job } from './job.ts';
import { changeProfile, stepsOf, type ProfileChange } from './profile-steps.ts';

const networkTimeout = 120_000;

/** Changes a profile, tells the servers, and after a switch in a modem waits until it uses the profile. */
export function changeProfileJob(device: ManagedDevice, change: ProfileChange, parts: Pick<CardParts, 'openEuicc' | 'outbox'>): Job {
  const { iccid, isdrAid } = change;
  const known = device.euiccOf(isdrAid);
  const profile = known?.profiles.find((candidate) => candidate.iccid === iccid);
  return {
    kind: change.kind,
    iccid,
    profileName: profile?.nickname ?? profile?.profileName ?? profile?.serviceProviderName ?? null,
    nickname: change.kind === 'profile.rename' ? change.nickname : null,
    steps: stepsOf(change, device.kind === 'modem'),
    async run(tools) {
      const { record, signal } = tools;
      const overview = await onCard(device, isdrAid, parts, tools, (session) =>
        changeProfile(session, change, { known: device.euiccOf(isdrAid), record, signal, outbox: parts.outbox }),
      );
      device.keepReading(overview);
      if (change.kind !== 'profile.enable' || !change.refresh || device.kind !== 'modem') return null;
      record.begin('waitForNetwork');
      return waitForNetwork(device, iccid, signal);
    },
  };
}

/** @returns null for a reader. @throws LebError CANCELLED, NOT_REGISTERED */
export async function waitForNetwork(device: ManagedDevice, iccid: string, signal: AbortSignal): Promise<ModemStatus | null> {
  const modem = device.modem();
  if (modem === null) return null;
  if (signal.aborted) throw new LebError('CANCELLED');
  const waiting = modem.waitForProfile(iccid, { timeoutMs: networkTimeout, signal });
  // The modem keeps its own deadline; this one is for a modem that no longer keeps anything.
  const native = await withDeadline(waiting, networkTimeout + 10_000, () => new LebError('NOT_REGISTERED', { reason: 'deadline' }));
  return { ...modem.identity, ...native, registration: { ...native.registration }, readAt: instantNow() };
}
