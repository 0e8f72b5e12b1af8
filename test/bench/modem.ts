import { openEuicc } from '#native/euicc/open-euicc.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { usualModemTimings } from '#native/modem/timings.ts';
import { createVirtualHardware, virtualModemPath } from '#simulator/hardware.ts';
import { lebEurope } from '#simulator/sample.ts';
import type { Bench, Figure } from './figure.ts';
import { discoveryFigures } from './modem/discovery.ts';
import { queueFigures } from './modem/queue.ts';
import { readingFigures } from './modem/reading.ts';

export const modemBench: Bench = {
  name: 'modem',
  how:
    'AT command lines sent to the virtual modem, which has started before, counted by the modem session; ' +
    'ratios of times that were taken in turn in this run',
  async run() {
    return [...(await countLinesOfSession()), ...(await discoveryFigures()), ...readingFigures(), ...(await queueFigures())];
  },
};

async function countLinesOfSession(): Promise<readonly Figure[]> {
  const hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1 });
  try {
    // What a modem needs to start is its own: the port is opened when it has done so.
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
    const modem = await openModem(await hardware.serialTransport.open(virtualModemPath), { ...usualModemTimings, pollMs: 1_000 });
    const identified = modem.commandCount;
    await modem.status();
    const known = modem.commandCount;
    await modem.waitForProfile(lebEurope.iccid, { timeoutMs: 20_000 });
    const registered = modem.commandCount;

    const access = await modem.cardAccess();
    const euicc = await openEuicc(access);
    const next = (await euicc.profiles()).find((profile) => profile.state === 'disabled');
    if (next === undefined) throw new Error('the virtual modem has no second profile');
    const beforeSwitch = modem.commandCount;
    await euicc.enableProfile({ iccid: next.iccid }, true);
    await access.refresh({ kind: 'enabled', iccid: next.iccid });
    await access.close();
    await modem.waitForProfile(next.iccid, { timeoutMs: 20_000 });
    const switched = modem.commandCount - beforeSwitch;
    await modem.close();
    return [
      { name: 'from plug to identified', value: identified, unit: 'AT lines', kind: 'count', atMost: 3 },
      { name: 'from plug to the whole status', value: known, unit: 'AT lines', kind: 'count', atMost: 4 },
      { name: 'from plug to registered', value: registered, unit: 'AT lines', kind: 'count', atMost: 8 },
      { name: 'from enabling a profile to registered with it', value: switched, unit: 'AT lines', kind: 'count', atMost: 12 },
    ];
  } finally {
    hardware.close();
  }
}
