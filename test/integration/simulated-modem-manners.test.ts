import { afterAll, beforeAll, it } from 'vitest';
import { openModem } from '#native/modem/open-modem.ts';
import { createVirtualHardware, furtherModemPath, type VirtualHardware } from '#simulator/hardware.ts';

/** Awkward manners of a modem change nothing of what it tells. */
const manners = [
  'echoStuckOn',
  'echoStuckOff',
  'textErrors',
  'noTestForms',
  'silentTestForms',
  'urcStorm',
  'splitLines',
  'lateAnswers=4000',
] as const;
const makers = ['generic', 'quectel', 'fibocom'] as const;
const kinds = [
  ...makers.flatMap((maker) => manners.map((manner) => `${maker}+${manner}`)),
  'simcom+urcStorm+splitLines+echoStuckOff+lateAnswers=4000',
];

let hardware: VirtualHardware;
beforeAll(() => {
  hardware = createVirtualHardware({ stateDir: null, modems: kinds.join(','), timeScale: 0.05 });
});
afterAll(() => hardware.close());

it.concurrent.for(kinds)('%s', { timeout: 40_000 }, async (kind, { expect }) => {
  const path = furtherModemPath(kind);
  const modem = await openModem(await hardware.serialTransport.open(path));
  try {
    await expect.poll(async () => (await modem.registration()).state, { timeout: 15_000 }).toBe('home');
    const profile = hardware.controls.modems.get(path)?.sim.state().profiles[0];
    expect(await modem.status()).toMatchObject({
      sim: 'ready',
      iccid: profile?.iccid,
      operator: { mccMnc: '00102' },
      registration: { state: 'home', technology: 'eutran' },
      signal: { rsrp: -104, rsrq: -11 },
    });
    expect(modem.identity.imei).toMatch(/^00101700\d{7}$/);
    expect((await modem.services.simLock.read()).attempts).toMatchObject({ pin: 3, puk: 10 });
    expect((await modem.services.networks.scan(new AbortController().signal)).map(({ mccMnc }) => mccMnc).toSorted()).toEqual([
      '00101',
      '00102',
      '00103',
    ]);
  } finally {
    await modem.close();
  }
});
