import { constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open as openLine, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SimulatorProcess } from './support/simulator-process.ts';
import { startSimulator } from './support/simulator-process.ts';

/** The simulated modem on a real pseudo-terminal, spoken to without any code of ours. */
const folder = mkdtempSync(join(tmpdir(), 'leb-modem-'));
const path = join(folder, 'modem');
const ports: SerialPort[] = [];
let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulator('modem', '--pty', path, '--time-scale', '0.2');
});
afterEach(async () => {
  for (const port of ports.splice(0)) if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
});
afterAll(async () => {
  await simulator.stop();
  expect(existsSync(path)).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});

/** Reads the bare terminal until the other end is gone: an error or the end of file, whichever the system says. */
async function untilHungUp(line: FileHandle): Promise<boolean> {
  try {
    for (;;) if ((await line.read(Buffer.alloc(256))).bytesRead === 0) return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EIO';
  }
}

type Host = {
  ask(line: string, until?: RegExp, milliseconds?: number): Promise<string>;
  until(wanted: RegExp): Promise<string>;
  readonly port: SerialPort;
};

async function open(at = path): Promise<Host> {
  const port = new SerialPort({ path: at, baudRate: 115_200, hupcl: false, autoOpen: false });
  let heard = '';
  let check: (() => void) | null = null;
  port.on('data', (bytes: Buffer) => {
    heard += bytes.toString();
    check?.();
  });
  ports.push(port);
  await new Promise<void>((resolve, reject) => port.open((error) => (error === null ? resolve() : reject(error))));
  function until(wanted: RegExp, milliseconds = 20_000): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${wanted} in ${JSON.stringify(heard)}`)), milliseconds);
      check = (): void => {
        const found = wanted.exec(heard);
        if (found === null) return;
        clearTimeout(timer);
        const answer = heard.slice(0, found.index + found[0].length);
        heard = heard.slice(answer.length);
        resolve(answer);
      };
      check();
    });
  }
  return {
    port,
    until,
    ask(line, wanted = /\r\n(?:OK|ERROR|\+CME ERROR: .*)\r\n/, milliseconds) {
      port.write(`${line}\r`);
      return until(wanted, milliseconds);
    },
  };
}

describe('the simulated modem on a pseudo-terminal', () => {
  it('outlives a host that closes the terminal', async () => {
    const first = await open();
    // The echo first and the result last; in between is room for what a modem that has just started says by itself.
    expect(await first.ask('AT')).toMatch(/AT\r[^]*\r\nOK\r\n$/);
    await new Promise<void>((resolve) => first.port.close(() => resolve()));
    const second = await open();
    expect(await second.ask('ATE0')).toMatch(/OK/);
    expect(await second.ask('AT+CGMI')).toMatch(/\r\nQuectel\r\n\r\nOK\r\n$/); // behind what the modem says by itself
  });

  it('loses its network when the profile changes, and finds that of the new one', async () => {
    const host = await open();
    await host.ask('ATE0');
    await expect.poll(() => host.ask('AT+CEREG?'), { timeout: 10_000 }).toContain('+CEREG: 0,5');
    await host.ask('AT+CEREG=1');
    expect(await host.ask('AT+CCHO="A0000005591010FFFFFFFF8900000100"')).toBe('\r\n+CCHO: 1\r\n\r\nOK\r\n');
    expect(await host.ask('AT+CGLA=1,50,"80E2910014BF3111A00C5A0A984499020000303319F58101FF"')).toContain('+CGLA: 4,"6106"');
    expect(await host.ask('AT+CGLA=1,10,"80C0000006"')).toContain('+CGLA: 16,"BF3103800100910B"');
    const changes = await host.until(/\+CEREG: 1\r\n/);
    const lines = changes.split('\r\n').filter((line) => line !== '');
    expect(lines).toEqual(['+CEREG: 0', '+CPIN: NOT READY', '+QUSIM: 1', '+CPIN: READY', '+CEREG: 2', '+CEREG: 1']);
    expect(await host.ask('AT+QCCID')).toContain('+QCCID: 8944992000000333915F');
    expect(await host.ask('AT+CGLA=1,10,"80C0000006"')).toContain('+CGLA: 4,"6881"');
  });

  it('hangs up when it is unplugged, and is there again when it is plugged in', async () => {
    const line = await openLine(path, constants.O_RDONLY | constants.O_NOCTTY);
    const hungUp = untilHungUp(line);
    simulator.order('unplug');
    expect(await hungUp).toBe(true);
    await line.close();
    expect(existsSync(path)).toBe(false);
    simulator.order('plug');
    await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(true);
    const again = await open();
    // A modem that has just been plugged in hears nothing at first, and then its card is busy for a moment.
    await expect.poll(() => again.ask('AT+CIMI', undefined, 1_000).catch(String), { timeout: 20_000 }).toContain('001010000033391');
  });

  it("has another maker's name and another network, and another name after a restart, where it is told so", async () => {
    const script = join(folder, 'air.json');
    writeFileSync(script, JSON.stringify({ networks: [{ mccMnc: '00101', name: 'Elsewhere', rsrp: -90 }] }));
    const other = join(folder, 'other');
    const kind = ['--vendor', 'sierra+renamesOnReset', '--script', script];
    const process = await startSimulator('modem', '--pty', other, '--time-scale', '0.1', ...kind);
    onTestFinished(() => process.stop());
    const host = await open(other);
    await host.ask('ATE0');
    expect(await host.ask('AT+CGMI')).toContain('Sierra Wireless, Incorporated');
    await expect.poll(() => host.ask('AT+COPS?'), { timeout: 10_000 }).toContain('"Elsewhere",7');
    await host.ask('AT!RESET');
    await expect.poll(() => existsSync(`${other}-1`), { timeout: 10_000 }).toBe(true);
    expect(existsSync(other)).toBe(false);
  });

  it('is a recording', async () => {
    const trace = join(folder, 'trace.jsonl');
    const entry = { at: '2026-01-01T00:00:00.000Z', kind: 'at', deviceId: 'serial:/dev/ttyUSB2' };
    const lines = [
      { ...entry, direction: 'sent', line: 'AT+CGMM' },
      { ...entry, direction: 'received', line: 'Recorded' },
      { ...entry, direction: 'received', line: 'OK' },
    ];
    writeFileSync(trace, lines.map((line) => JSON.stringify(line)).join('\n'));
    const other = join(folder, 'recorded');
    const process = await startSimulator('modem', '--pty', other, '--replay', trace);
    onTestFinished(() => process.stop());
    expect(process.ready).toMatchObject({ pty: other, commands: 1 });
    const host = await open(other);
    expect(await host.ask('AT+CGMM')).toContain('Recorded\r\n\r\nOK');
    expect(await host.ask('AT+CGMI')).toContain('ERROR');
  });
});
