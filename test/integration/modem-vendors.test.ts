import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RadioTechnology } from '#native/at/commands/radio/setting-way.ts';
import type { Modem } from '#native/modem/modem.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { createVirtualHardware, furtherModemPath, type VirtualHardware } from '#simulator/hardware.ts';

/** What the simulated modem of each vendor, which was written from the manuals alone, tells us and lets us set. */
type Expected = {
  /** What it is told and what it is told afterwards; null where it has no command that we know. */
  readonly technologies: readonly [RadioTechnology[], RadioTechnology[]] | null;
  readonly bands: readonly string[] | null;
  readonly slots: number | null;
  readonly temperature: number | null;
  /** Whether the maker tells of the channel that the serving cell is on. */
  readonly cells: 'serving' | 'neighbours' | 'registered';
};

const older: RadioTechnology[] = ['gsm', 'utran', 'eutran'];
const expectations: Readonly<Record<string, Expected>> = {
  generic: { technologies: [['utran', 'eutran'], older], bands: null, slots: null, temperature: null, cells: 'registered' },
  quectel: { technologies: [['eutran'], older], bands: ['GSM900', 'U1', 'B3', 'B20'], slots: 2, temperature: 31, cells: 'neighbours' },
  simcom: { technologies: [['utran', 'eutran'], older], bands: null, slots: 2, temperature: 31, cells: 'serving' },
  fibocom: {
    technologies: [
      ['eutran', 'nr'],
      ['utran', 'eutran', 'nr'],
    ],
    bands: ['U1', 'B3', 'n78'],
    slots: 2,
    temperature: 36.5,
    cells: 'neighbours',
  },
  fibocomIntel: { technologies: [['eutran'], ['utran', 'eutran']], bands: ['U1', 'B3'], slots: null, temperature: 36, cells: 'neighbours' },
  sierra: { technologies: null, bands: null, slots: 2, temperature: 36, cells: 'serving' },
  telit: {
    technologies: [['eutran'], older],
    bands: ['GSM900', 'GSM1800', 'U1', 'B3', 'B20'],
    slots: null,
    temperature: 36,
    cells: 'serving',
  },
  'u-blox': { technologies: [['utran', 'eutran'], older], bands: null, slots: null, temperature: null, cells: 'serving' },
  huawei: { technologies: [['utran', 'eutran'], older], bands: ['B3', 'B20'], slots: null, temperature: null, cells: 'neighbours' },
  zte: { technologies: [['eutran'], older], bands: null, slots: null, temperature: null, cells: 'registered' },
  nordic: { technologies: [['nbIot', 'ltem'], ['ltem']], bands: ['B3', 'B20'], slots: null, temperature: 29, cells: 'serving' },
  meig: { technologies: null, bands: null, slots: null, temperature: null, cells: 'registered' },
};

let hardware: VirtualHardware;
beforeAll(() => {
  hardware = createVirtualHardware({
    stateDir: null,
    modems: [...Object.keys(expectations), 'fibocom+fccLocked'].join(','),
    timeScale: 0.05,
  });
});
afterAll(() => hardware.close());

async function open(kind: string): Promise<Modem> {
  const modem = await openModem(await hardware.serialTransport.open(furtherModemPath(kind)));
  onTestFinished(() => modem.close());
  return modem;
}

async function registered(modem: Modem): Promise<void> {
  await expect.poll(async () => (await modem.registration()).state, { timeout: 10_000 }).toMatch(/home|roaming/u);
}

describe.each(Object.entries(expectations))('%s', (kind, expected) => {
  it('tells what it is, what it hears and what it carries', async () => {
    const modem = await open(kind);
    await registered(modem);
    const { slots, temperature, clock, imeiSv } = await modem.services.details.read();
    expect({ slots: slots?.count ?? null, temperature }).toEqual({ slots: expected.slots, temperature: expected.temperature });
    expect(Math.abs((clock?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(imeiSv).toMatch(/^\d{16}$/u);
    const { cells, signal } = await modem.services.radio();
    const roles = cells.map(({ role }) => role);
    expect(roles).toEqual(expected.cells === 'neighbours' ? ['serving', 'neighbour'] : ['serving']);
    expect(cells[0]).toMatchObject(expected.cells === 'registered' ? { channel: null } : { channel: 1500, band: 'B3' });
    // A modem without the standard's command for it has its maker's.
    expect(signal.rsrp).toSatisfy((rsrp: number) => Math.abs(rsrp + 104) <= 1);
    expect((await modem.services.packetData.read()).contexts[0]).toMatchObject({ active: true, dnsServers: ['192.0.2.53', '192.0.2.54'] });
  });

  it('does what it is told', async () => {
    const modem = await open(kind);
    const { radioControl } = modem.services;
    const before = await radioControl.read();
    expect(before.power).toBe('on');
    expect(before.technologies === null).toBe(expected.technologies === null);
    expect(before.bands === null).toBe(expected.bands === null);
    for (const allowed of expected.technologies ?? []) {
      expect((await radioControl.setTechnologies({ allowed, preferred: null })).technologies?.allowed).toEqual(allowed);
    }
    if (expected.bands !== null) {
      expect((await radioControl.setBands(expected.bands)).bands?.enabled).toEqual(expected.bands);
      expect((await radioControl.setBands(null)).bands).toEqual(before.bands);
    }
    expect((await radioControl.setAirplaneMode(true)).power).toBe('airplane');
    expect((await radioControl.setAirplaneMode(false)).power).toBe('on');
    await registered(modem);
  });
});

it('a modem that its laptop’s maker has locked says so, and stays off', async () => {
  const modem = await open('fibocom+fccLocked');
  const { radioControl } = modem.services;
  expect(await radioControl.read()).toMatchObject({ power: 'airplane', fccLocked: true });
  await expect(radioControl.setAirplaneMode(false)).rejects.toMatchObject({ code: 'RADIO_LOCKED' });
});
