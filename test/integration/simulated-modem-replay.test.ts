import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createTraceFile } from '#headless/cli/trace/trace-file.ts';
import { traceSerial } from '#headless/cli/trace/trace.ts';
import { openModem } from '#native/modem/open-modem.ts';
import type { SerialTransport } from '#native/transport/serial-transport.ts';
import { createVirtualHardware, furtherModemPath, type VirtualHardware } from '#simulator/hardware.ts';

const folder = mkdtempSync(join(tmpdir(), 'leb-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

function start(modems: string): VirtualHardware {
  const hardware = createVirtualHardware({ stateDir: null, modems, timeScale: 0.02 });
  onTestFinished(() => hardware.close());
  return hardware;
}

/** What a program asks a modem that it has just found. */
async function session(transport: SerialTransport, path: string) {
  const modem = await openModem(await transport.open(path));
  try {
    await expect.poll(async () => (await modem.registration()).state, { timeout: 10_000 }).toBe('home');
    return { identity: modem.identity, status: await modem.status(), radio: await modem.services.radio() };
  } finally {
    await modem.close();
  }
}

it.each(['quectel', 'fibocom', 'u-blox'])(
  'the trace of a session with %s is a modem with which the same session goes the same way',
  async (vendor) => {
    const trace = join(folder, `${vendor}.jsonl`);
    const sink = createTraceFile(openSync(trace, 'w'), true);
    const recorded = await session(traceSerial(start(vendor).serialTransport, sink), furtherModemPath(vendor));
    sink.close();
    const again = start(`replay=${trace}`);
    expect(await session(again.serialTransport, furtherModemPath(basename(trace)))).toEqual(recorded);
  },
);
