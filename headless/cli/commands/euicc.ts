import type { EuiccOverview } from '#contract/desk/devices.ts';
import type { Kit } from '../command-kit.ts';
import { euiccOf, findDevice, reachOf } from '../find-device.ts';
import { formatBytes, formatTime, orNone } from '../text.ts';
import type { Words } from '../words.ts';

export function addEuiccCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('euicc');
  kit.command(group, 'info', '[DEVICE]', async (terminal, { given }) => {
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
    const euicc = euiccOf(device);
    const { pairs } = await import('../table.ts');
    return { data: { deviceId: device.deviceId, ...euicc }, text: pairs(euiccPairs(words, euicc)) };
  });
}

export function euiccPairs(words: Words, euicc: EuiccOverview): readonly (readonly [string, string])[] {
  return [
    ['EID', euicc.eid],
    ['SGP.22', euicc.svn],
    [words.say('field.firmware'), euicc.firmwareVersion],
    [words.say('field.freeMemory'), formatBytes(words, euicc.freeMemory)],
    [words.say('field.smdp'), orNone(words, euicc.defaultSmdpAddress)],
    [words.say('field.smds'), orNone(words, euicc.rootSmdsAddress)],
    [words.say('field.ciKeys'), orNone(words, euicc.ciKeyIds.join(' '))],
    [words.say('field.sas'), orNone(words, euicc.sasAccreditationNumber)],
    [words.say('field.uicc'), orNone(words, euicc.uiccCapabilities.join(' '))],
    [words.say('field.rsp'), orNone(words, euicc.rspCapabilities.join(' '))],
    ['ISD-R', euicc.isdrAid],
    [words.say('field.profiles'), String(euicc.profiles.length)],
    [words.say('field.notifications'), String(euicc.notifications.length)],
    [words.say('field.readAt'), formatTime(words, euicc.readAt)],
  ];
}
