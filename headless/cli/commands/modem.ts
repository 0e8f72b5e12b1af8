import type { Device, ModemStatus } from '#contract/desk/devices.ts';
import type { Input, Kit } from '../command-kit.ts';
import { modemOf } from '../find-device.ts';
import { detailPairs, modemPairs, openModem, simPairs } from '../modem-view.ts';
import type { OpenedDesk, Outcome, Terminal } from '../terminal.ts';
import { addApnCommands } from './modem-apn.ts';
import { addNetworkCommands } from './modem-network.ts';
import { addPinCommands, describeAttempts } from './modem-pin.ts';
import { addRadioCommands } from './modem-radio.ts';
import { addSettingCommands } from './modem-settings.ts';

export function addModemCommands(kit: Kit): void {
  const group = kit.group('modem');
  kit.command(group, 'info', '[DEVICE]', info);
  kit.command(group, 'sim', '[DEVICE]', sim);
  addRadioCommands(kit, group);
  addNetworkCommands(kit, group);
  addApnCommands(kit, group);
  addPinCommands(kit, group);
  addSettingCommands(kit, group);
}

async function info(terminal: Terminal, input: Input): Promise<Outcome> {
  const { device, ...opened } = await openModem(terminal, input);
  const { deviceId } = device;
  const status = await completeStatus(opened, device);
  const details = await opened.desk.modem.details({ deviceId });
  const { pairs } = await import('../table.ts');
  return {
    data: { deviceId, ...status, ...details },
    text: pairs([...modemPairs(terminal.words, status), ...detailPairs(terminal.words, details)]),
  };
}

async function sim(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const status = modemOf(device);
  const lock = await desk.modem.simLock({ deviceId });
  const { iccid, imsi, readAt } = status;
  const { pairs } = await import('../table.ts');
  const asks = lock.pinRequested === null ? 'value.unknown' : lock.pinRequested ? 'value.yes' : 'value.no';
  return {
    data: { deviceId, sim: lock.state, iccid, imsi, pinRequested: lock.pinRequested, attempts: lock.attempts, readAt },
    text: pairs([
      ...simPairs(words, { ...status, sim: lock.state }),
      [words.say('field.pinRequested'), words.say(asks)],
      [words.say('field.attempts'), describeAttempts(words, lock)],
    ]),
  };
}

/** A modem that registered while it was first read has not been asked yet on which network and how well it hears. */
async function completeStatus({ desk }: OpenedDesk, device: Device): Promise<ModemStatus> {
  const first = modemOf(device);
  const registered = first.registration.state === 'home' || first.registration.state === 'roaming';
  if (!registered || (first.operator !== null && first.signal !== null)) return first;
  return modemOf(await desk.devices.refresh({ deviceId: device.deviceId }));
}
