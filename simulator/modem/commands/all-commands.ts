import type { AtCommand } from './at-command.ts';
import { cardAccessCommands } from './card-access.ts';
import { cellCommands } from './cells.ts';
import { identityCommands } from './identity.ts';
import { messageCommands } from './messages.ts';
import { networkCommands } from './network.ts';
import { packetDataCommands } from './packet-data.ts';
import { simLockCommands } from './sim-lock.ts';
import { simCommands } from './sim.ts';
import { ussdCommands } from './ussd.ts';

/** The extended commands of the modem, by name. */
export const allCommands: ReadonlyMap<string, AtCommand> = new Map(
  [
    ...identityCommands,
    ...simCommands,
    ...simLockCommands,
    ...cardAccessCommands,
    ...networkCommands,
    ...cellCommands,
    ...packetDataCommands,
    ...messageCommands,
    ...ussdCommands,
  ].map((command) => [command.name, command]),
);
