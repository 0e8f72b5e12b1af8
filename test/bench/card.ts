import { createVirtualHardware, virtualReaderName } from '#simulator/hardware.ts';
import { makeFolder, openApplication, removeFolder, untilDevice, untilTaskEnds } from '../integration/core-stage.ts';
import { countExchanges } from '../support/count-exchanges.ts';
import type { Bench } from './figure.ts';

const deviceId = `pcsc:${virtualReaderName}`;

export const cardBench: Bench = {
  name: 'card',
  how: 'command APDUs and power-ups on the card transport, counted while the application reads and switches the simulated eUICC in its reader',
  async run() {
    const hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1 });
    const { transport, exchanges } = countExchanges(hardware.cardTransport);
    const dataDir = await makeFolder();
    const application = await openApplication({ dataDir, cardTransports: [transport] });
    const { desk } = application;
    try {
      const device = await untilDevice(desk, deviceId, ({ state, busyTaskId }) => state === 'ready' && busyTaskId === null);
      const overview = { ...exchanges };
      const other = device.euicc?.profiles.find(({ state }) => state === 'disabled');
      if (other === undefined) throw new Error('the bench card has no profile to switch to');
      const task = await untilTaskEnds(desk, desk.profiles.enable({ deviceId, iccid: other.iccid }));
      if (task.state !== 'done') throw new Error(`the switch ended as ${task.state}: ${task.error?.code}`);
      const enable = { apdus: exchanges.apdus - overview.apdus, powerUps: exchanges.powerUps - overview.powerUps };
      return [
        { name: 'overview (EID, info, addresses, profiles, pending)', value: overview.apdus, unit: 'APDUs', kind: 'count', atMost: 14 },
        { name: 'overview, power-ups', value: overview.powerUps, unit: 'power-ups', kind: 'count', atMost: 1 },
        { name: 'enable a profile, verified', value: enable.apdus, unit: 'APDUs', kind: 'count', atMost: 22 },
        { name: 'enable a profile, power-ups', value: enable.powerUps, unit: 'power-ups', kind: 'count' },
      ];
    } finally {
      await application.close();
      hardware.close();
      await removeFolder(dataDir);
    }
  },
};
