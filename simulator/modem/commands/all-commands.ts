import type { ModemKind } from '../modem-kind.ts';
import type { AtCommand } from './at-command.ts';
import { cardAccessCommands } from './card-access.ts';
import { connectionCommands } from './connection.ts';
import { identityCommands } from './identity.ts';
import { messageCommands } from './messages.ts';
import { networkCommands } from './network.ts';
import { packetDataCommands } from './packet-data.ts';
import { simLockCommands } from './sim-lock.ts';
import { simCommands } from './sim.ts';
import { surroundingCommands } from './surroundings.ts';
import { ussdCommands } from './ussd.ts';

/** What every modem has, unless its maker left it out. Commands of one maker stand with that maker. */
const commonCommands: readonly AtCommand[] = [
  ...identityCommands,
  ...simCommands,
  ...simLockCommands,
  ...cardAccessCommands,
  ...networkCommands,
  ...packetDataCommands,
  ...connectionCommands,
  ...surroundingCommands,
  ...messageCommands,
  ...ussdCommands,
];

/** The extended commands of a modem of this kind, by name. */
export function commandsOf({ vendor, traits }: ModemKind): ReadonlyMap<string, AtCommand> {
  const missing = new Set(vendor.lacks);
  if (!traits.ccho) missing.add('+CCHO');
  if (!traits.cgla) missing.add('+CGLA');
  if (!traits.cchc) missing.add('+CCHC');
  if (vendor.bands.nr === undefined) missing.add('+C5GREG');
  const all = [...commonCommands, ...vendor.commands].filter(({ name }) => !missing.has(name));
  return new Map(all.map((command) => [command.name, withTestForm(command, traits.testForms)]));
}

const forCard = new Set(cardAccessCommands.map(({ name }) => name));

/** A scan of networks is no mere question of what there is: it always works. */
function withTestForm(command: AtCommand, testForms: ModemKind['traits']['testForms']): AtCommand {
  if (testForms === 'silent' && forCard.has(command.name)) return { ...command, test: () => null };
  if (testForms !== 'refused' || command.name === '+COPS') return command;
  const { test: _, ...rest } = command;
  return rest;
}
