import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceError } from '#native/errors.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { createSerialTransport } from '#native/transport/serial/serial-transport.ts';
import { modemProfiles } from '#simulator/sample.ts';
import { startSimulator, type SimulatorProcess } from './support/simulator-process.ts';

/** The modem session over serialport and a real pseudo-terminal, with the simulated modem at its other end. */
const folder = mkdtempSync(join(tmpdir(), 'leb-pty-'));
const path = join(folder, 'modem');
const transport = createSerialTransport({ paths: [path] });
let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulator('modem', '--pty', path, '--time-scale', '0.2');
});
afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a modem on a pseudo-terminal', () => {
  it('is set up, shows its profiles, switches one and registers with it', async () => {
    const modem = await openModem(await transport.open(path));
    try {
      expect(modem.identity).toMatchObject({ manufacturer: 'Quectel', model: 'EG25' });
      const first = modemProfiles[0];
      const second = modemProfiles[1];
      if (first === undefined || second === undefined) throw new Error('the sample has two profiles for the modem');
      expect((await modem.waitForProfile(first.iccid, { timeoutMs: 20_000 })).imsi).toBe(first.imsi);

      const access = await modem.cardAccess();
      const euicc = await openEuicc(access);
      expect((await euicc.profiles()).map((profile) => [profile.iccid, profile.state])).toEqual([
        [first.iccid, 'enabled'],
        [second.iccid, 'disabled'],
      ]);
      await euicc.enableProfile({ iccid: second.iccid }, true);
      await access.refresh({ kind: 'enabled', iccid: second.iccid });
      await access.close();
      expect(await modem.waitForProfile(second.iccid, { timeoutMs: 20_000 })).toMatchObject({
        iccid: second.iccid,
        imsi: second.imsi,
        registration: { state: second.network.registration },
        operator: { name: second.network.name, mccMnc: second.network.mccMnc },
      });
    } finally {
      await modem.close();
    }
  });

  it('says within two seconds that it was unplugged during a command', async () => {
    const modem = await openModem(await transport.open(path));
    const closed = (async () => {
      for await (const event of modem.events(new AbortController().signal)) if (event.kind === 'closed') return event.unplugged;
      return null;
    })();
    const pending = modem.send('AT+COPS=?').then(
      () => 'answered',
      (error: unknown) => (error instanceof DeviceError ? error.code : String(error)),
    );
    const begun = performance.now();
    await simulator.stop();
    expect(await pending).toBe('PORT_CLOSED');
    expect(await closed).toBe(true);
    expect(performance.now() - begun).toBeLessThan(2_000);
    await modem.close();
    simulator = await startSimulator('modem', '--pty', path, '--time-scale', '0.2');
    const again = await openModem(await transport.open(path));
    expect((await again.send('AT+CGMI')).lines).toEqual(['Quectel']);
    await again.close();
  });
});
