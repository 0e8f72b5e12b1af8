import type { OpenRspEuicc } from '#native/euicc/euicc.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ProfileServers } from '../rsp/profile-servers.ts';

/** What the jobs on a card need besides the card. */
export type CardParts = {
  readonly openEuicc: OpenRspEuicc;
  readonly servers: ProfileServers;
  readonly outbox: Outbox;
};
