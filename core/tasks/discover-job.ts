import { discoverProfiles } from '#native/rsp/discover-profiles.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import { terminalOf } from '../devices/terminal-identity.ts';
import type { CardParts } from './card-parts.ts';
import { onCard } from './card-session.ts';
import type { Job } from './job.ts';

/** Two exchanges with a server, each of which has a deadline of its own. */
const discoveryDeadline = 180_000;

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
    async run(tools) {
      const { record, signal } = tools;
      await onCard(device, isdrAid, parts, tools, async (session) => {
        const overview = device.euiccOf(isdrAid) ?? (await session.readOverview());
        const servers = parts.servers.session(overview.ciRoots.map(({ keyId }) => keyId));
        await session.use(async (euicc) => {
          const states = discoverProfiles(
            { euicc, client: servers.client, signal },
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
            record.note({ testRoots: servers.usesTestRoots() });
          }
        }, discoveryDeadline);
      });
      return null;
    },
  };
}
