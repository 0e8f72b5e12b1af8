import type { AtChannel } from '../at/channel-types.ts';
import type { AtCommand } from '../at/command.ts';
import { errorReportsCommand } from '../at/commands/error-reports.ts';
import {
  identityCommand,
  manufacturerCommand,
  modelCommand,
  revisionCommand,
  serialNumberCommand,
  type IdentityAnswer,
} from '../at/commands/identity.ts';
import { registrationNewsCommand, type RegistrationDomain } from '../at/commands/registration.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { ModemIdentity } from './modem.ts';
import { findVendor } from './vendors/find-vendor.ts';
import type { ModemVendor } from './vendors/vendor.ts';

export type Dialogue = {
  readonly identity: ModemIdentity;
  readonly vendor: ModemVendor;
  /** The systems whose registration this modem reports. */
  readonly domains: readonly RegistrationDomain[];
};

/**
 * Finds out whether a modem is there and sets it up: echo on (it anchors each answer to its command), errors as numbers, registration news,
 * identity. Two lines where the modem takes several commands on one, else each command by itself. Nothing else of the modem's
 * settings is touched, and nothing is stored in it.
 * @throws DeviceError MODEM_SILENT, PORT_CLOSED
 */
export async function startDialogue(channel: AtChannel, probeMs: number): Promise<Dialogue> {
  await probe(channel, probeMs);
  const identity = (await setUpTogether(channel)) ?? (await setUpOneByOne(channel));
  const vendor = findVendor(identity);
  const domains: RegistrationDomain[] = ['+CEREG', '+CREG'];
  if (vendor.fiveG?.test(identity.model ?? '') === true) {
    const refused = await attempt(channel, registrationNewsCommand, '+C5GREG');
    if (refused === null) domains.unshift('+C5GREG');
  }
  return { identity, vendor, domains };
}

/** Any final result proves a modem, an error too. */
async function probe(channel: AtChannel, probeMs: number): Promise<void> {
  for (const last of [false, true]) {
    try {
      await channel.exchange({ line: 'ATE1', timeoutMs: probeMs });
      return;
    } catch (error) {
      if (!isDeviceError(error) || error.code === 'PORT_CLOSED') throw error;
      if (last) throw new DeviceError('MODEM_SILENT', {}, { cause: error });
    }
  }
}

/** What some modems say when they have started. */
export function isStartLine(line: string): boolean {
  return ['RDY', 'APP RDY', '^SYSSTART', '*ATREADY'].includes(line.toUpperCase());
}

const settings = [errorReportsCommand.encode(), registrationNewsCommand.encode('+CREG'), registrationNewsCommand.encode('+CEREG')];

function together(commands: readonly string[]): string {
  return commands.map((command, index) => (index === 0 ? command : command.slice(2))).join(';');
}

/** Tells the modem again how to report. @throws DeviceError PORT_CLOSED, AT_TIMEOUT and what the modem refuses */
export async function restoreSettings(channel: AtChannel): Promise<void> {
  await channel.request({ line: together(settings), timeoutMs: 10_000 });
}

async function setUpTogether(channel: AtChannel): Promise<ModemIdentity | null> {
  const line = together([...settings, identityCommand.encode()]);
  try {
    return identityCommand.decode((await channel.request({ line, timeoutMs: 10_000 })).lines);
  } catch (error) {
    if (isDeviceError(error) && error.code !== 'PORT_CLOSED') return null;
    throw error;
  }
}

async function setUpOneByOne(channel: AtChannel): Promise<ModemIdentity> {
  await attempt(channel, errorReportsCommand, undefined);
  await attempt(channel, registrationNewsCommand, '+CREG');
  await attempt(channel, registrationNewsCommand, '+CEREG');
  const ask = async (command: AtCommand<void, string>): Promise<string | null> => {
    try {
      return command.decode((await channel.request({ line: command.encode(), timeoutMs: 5_000 })).lines);
    } catch (error) {
      if (isDeviceError(error) && error.code !== 'PORT_CLOSED') return null;
      throw error;
    }
  };
  const identity: IdentityAnswer = {
    manufacturer: await ask(manufacturerCommand),
    model: await ask(modelCommand),
    revision: await ask(revisionCommand),
    imei: await ask(serialNumberCommand),
  };
  return identity;
}

/** Sends a setting that not every modem has; the refusal, or null. */
async function attempt<Arguments>(channel: AtChannel, command: AtCommand<Arguments, void>, args: Arguments): Promise<DeviceError | null> {
  try {
    await channel.request({ line: command.encode(args), timeoutMs: 5_000 });
    return null;
  } catch (error) {
    if (isDeviceError(error) && error.code !== 'PORT_CLOSED') return error;
    throw error;
  }
}
