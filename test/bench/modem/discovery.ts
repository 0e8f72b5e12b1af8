import { setTimeout as wait } from 'node:timers/promises';
import type { Device } from '#contract/desk/devices.ts';
import type { SerialTransport } from '#native/transport/serial-transport.ts';
import { createVirtualHardware, furtherModemPath, virtualModemPath } from '#simulator/hardware.ts';
import { makeFolder, openApplication, removeFolder, until } from '../../integration/core-stage.ts';
import { countLines } from '../../support/count-lines.ts';
import type { Figure } from '../figure.ts';
import { rounded } from './rounded.ts';

const kinds = ['simcom', 'telit', 'fibocom', 'huawei', 'zte', 'meig', 'sierra'];
/** What a line takes, so that waiting for modems is what counts, not this machine's work for all of them. */
const lineMs = 60;

/** These ports only, whose modems take a while for each line. */
function slowedDown(transport: SerialTransport, paths: readonly string[]): SerialTransport {
  return {
    ...onlyPorts(transport, paths),
    async open(path) {
      const connection = await transport.open(path);
      return {
        ...connection,
        async write(bytes) {
          await wait(lineMs);
          await connection.write(bytes);
        },
      };
    },
  };
}

function onlyPorts(transport: SerialTransport, paths: readonly string[]): SerialTransport {
  return {
    ...transport,
    async *watch(signal) {
      for await (const state of transport.watch(signal)) {
        yield state.available ? { ...state, ports: state.ports.filter(({ path }) => paths.includes(path)) } : state;
      }
    },
  };
}

/** @returns milliseconds until all these modems have said who they are */
async function timeUntilKnown(transport: SerialTransport, count: number): Promise<number> {
  const dataDir = await makeFolder();
  const begun = performance.now();
  const application = await openApplication({
    dataDir,
    serialTransports: [transport],
    virtualBench: false,
    accountServiceUrl: 'http://127.0.0.1:9',
  });
  try {
    await until(application.desk.devices.watch(), ({ devices }) => devices.filter(isKnown).length === count, 60_000);
    return performance.now() - begun;
  } finally {
    await application.close();
    await removeFolder(dataDir);
  }
}

function isKnown({ modem }: Device): boolean {
  return modem?.imei !== null && modem?.imei !== undefined;
}

/** Through the whole application, as a window sees it. */
async function linesUntilRegistered(transport: SerialTransport): Promise<number> {
  const dataDir = await makeFolder();
  const counted = countLines(transport);
  const application = await openApplication({
    dataDir,
    serialTransports: [counted.transport],
    virtualBench: false,
    accountServiceUrl: 'http://127.0.0.1:9',
  });
  try {
    await until(application.desk.devices.watch(), ({ devices }) => devices.some(isRegistered), 60_000);
    return counted.lines();
  } finally {
    await application.close();
    await removeFolder(dataDir);
  }
}

function isRegistered({ modem }: Device): boolean {
  return modem !== null && ['home', 'roaming'].includes(modem.registration.state) && modem.operator !== null && modem.sim === 'ready';
}

export async function discoveryFigures(): Promise<readonly Figure[]> {
  const hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1, modems: kinds.join(',') });
  try {
    // What modems need to start is their own.
    await wait(1_000);
    const { serialTransport } = hardware;
    const paths = [virtualModemPath, ...kinds.map(furtherModemPath)];
    const lines = await linesUntilRegistered(onlyPorts(serialTransport, [virtualModemPath]));
    const alone: number[] = [];
    for (const path of paths) alone.push(await timeUntilKnown(slowedDown(serialTransport, [path]), 1));
    const all = await timeUntilKnown(slowedDown(serialTransport, paths), paths.length);
    return [
      { name: 'from plug to "ready, registered on …" in the window', value: lines, unit: 'AT lines', kind: 'count', atMost: 12 },
      {
        name: `finding ${paths.length} modems, to finding the slowest of them alone`,
        value: rounded(all / Math.max(...alone)),
        unit: '× time',
        kind: 'ratio',
        atMost: 1.25,
      },
    ];
  } finally {
    hardware.close();
  }
}
