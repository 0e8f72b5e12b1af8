import type { Device, ModemStatus } from '#contract/desk/devices.ts';
import type { Kit } from '../command-kit.ts';
import { modemOf } from '../find-device.ts';
import { modemPairs, openModem, signalPairs, simPairs } from '../modem-view.ts';
import type { OpenedDesk } from '../terminal.ts';
import type { Words } from '../words.ts';
import { addApnCommands } from './modem-apn.ts';
import { addNetworkCommands } from './modem-network.ts';
import { addPinCommands } from './modem-pin.ts';

/** What each command shows of the status that has just been read. */
const views = {
  info: {
    pick: (status: ModemStatus) => status,
    show: (words: Words, status: ModemStatus) => modemPairs(words, status),
  },
  sim: {
    pick: ({ sim, iccid, imsi, readAt }: ModemStatus) => ({ sim, iccid, imsi, readAt }),
    show: (words: Words, status: ModemStatus) => simPairs(words, status),
  },
  signal: {
    pick: ({ signal, registration, readAt }: ModemStatus) => ({ signal, technology: registration.technology, readAt }),
    show: (words: Words, status: ModemStatus) => signalPairs(words, status),
  },
} as const;

export function addModemCommands(kit: Kit): void {
  const group = kit.group('modem');
  addNetworkCommands(kit, group);
  addApnCommands(kit, group);
  addPinCommands(kit, group);
  for (const [name, view] of Object.entries(views)) {
    kit.command(group, name, '[DEVICE]', async (terminal, input) => {
      const { device, ...opened } = await openModem(terminal, input);
      const status = await completeStatus(opened, device);
      const { pairs } = await import('../table.ts');
      return { data: { deviceId: device.deviceId, ...view.pick(status) }, text: pairs(view.show(kit.words, status)) };
    });
  }
}

/** A modem that registered while it was first read has not been asked yet on which network and how well it hears. */
async function completeStatus({ desk }: OpenedDesk, device: Device): Promise<ModemStatus> {
  const first = modemOf(device);
  const registered = first.registration.state === 'home' || first.registration.state === 'roaming';
  if (!registered || (first.operator !== null && first.signal !== null)) return first;
  return modemOf(await desk.devices.refresh({ deviceId: device.deviceId }));
}
