import { discoverProfiles } from '#native/rsp/discover-profiles.ts';
import { readOverview } from '../devices/euicc-overview.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { terminalOf } from '../devices/terminal-identity.ts';
import type { CardParts } from './card-parts.ts';
import type { Job } from './job.ts';

/** Asks an SM-DS what waits for the card (SGP.22 v2.5 §3.6.2); `smdsAddress` null: the card's own root SM-DS. */
export function discoverJob(
  device: ManagedDevice,
  { isdrAid, smdsAddress }: { readonly isdrAid: string | null; readonly smdsAddress: string | null },
  parts: CardParts,
): Job {
  return {
    kind: 'profile.discover',
    iccid: null,
    profileName: null,
    nickname: null,
    steps: ['openCard', 'readCard', 'contactServer', 'checkServer', 'checkCard'],
    async run({ record, signal }) {
      record.begin('openCard');
      await device.useCard(async (access) => {
        const euicc = await parts.openEuicc(access, isdrAid === null ? {} : { knownIsdrAid: isdrAid });
        try {
          const overview = device.euiccOf(euicc.isdrAid) ?? (await readOverview(euicc));
          const session = parts.servers.session(overview.ciRoots.map(({ keyId }) => keyId));
          const states = discoverProfiles(
            { euicc, client: session.client, signal },
            { smdsAddress: smdsAddress ?? overview.rootSmdsAddress, terminal: terminalOf(device, null) },
          );
          try {
            let next = await states.next();
            for (; next.done !== true; next = await states.next()) {
              record.begin(next.value);
              record.note({ cancellable: true });
            }
            record.note({ events: next.value.map(({ rspServerAddress, eventId }) => ({ server: rspServerAddress, eventId })) });
          } finally {
            record.note({ testRoots: session.usesTestRoots() });
          }
        } finally {
          await euicc.close();
        }
      }, signal);
      return null;
    },
  };
}
