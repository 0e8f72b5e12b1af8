import type { Kit } from '../command-kit.ts';
import { euiccOf, findDevice, reachOf } from '../find-device.ts';
import { orNone } from '../text.ts';

export function addNotificationCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('notification');
  kit.command(group, 'list', '[DEVICE]', async (terminal, { given }) => {
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
    const { notifications } = euiccOf(device);
    const { table } = await import('../table.ts');
    return {
      data: { deviceId: device.deviceId, notifications },
      text:
        notifications.length === 0
          ? words.say('none.notifications')
          : table(
              ['seqNumber', 'event', 'iccid', 'address'].map((name) => words.say(`column.${name}`)),
              notifications.map(({ seqNumber, event, iccid, address }) => [
                String(seqNumber),
                words.say(`event.${event}`),
                orNone(words, iccid),
                address,
              ]),
            ),
    };
  });
}
