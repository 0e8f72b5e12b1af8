import { expect, it } from 'vitest';
import { claimModem } from './modem-claim.ts';

it('gives a modem to one program at a time, and says who has it', async () => {
  const place = `/sys/devices/of-this-test-${process.pid}`;
  const giveBack = await claimModem(place, '/dev/ttyUSB2');
  await expect(claimModem(place, '/dev/ttyUSB3')).rejects.toMatchObject({
    code: 'PORT_BUSY',
    details: { port: '/dev/ttyUSB3', holder: 'LEB Companion', holderPid: process.pid },
  });
  (await claimModem(`${place}-2`, '/dev/ttyUSB4'))();
  giveBack();
  giveBack();
  (await claimModem(place, '/dev/ttyUSB3'))();
});
