import { afterEach, describe, expect, it } from 'vitest';
import type { Modem } from '../modem.ts';
import { openModem } from '../open-modem.ts';
import { createScriptedModem, quickTimings } from '../scripted-modem.fixture.ts';

const opened: Modem[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((modem) => modem.close()));
});

async function open(
  answers: Readonly<Record<string, string>>,
): Promise<{ modem: Modem; written: readonly string[]; readonly say: (text: string) => void }> {
  const scripted = createScriptedModem(answers);
  const modem = await openModem(scripted.connection, quickTimings);
  opened.push(modem);
  return { modem, written: scripted.written, say: (text) => scripted.say(text) };
}

const never = new AbortController().signal;
const quickly = { timeoutMs: 400, signal: never, selected: () => undefined };

describe('choosing a network', () => {
  it('takes the one that is named and waits until it has accepted the modem', async () => {
    let selected = 0;
    const { modem, written } = await open({
      '+COPS=1,2,"00101"': 'OK',
      '+CREG=3': 'OK',
      '+CGREG=3': 'OK',
      '+CEREG=3': 'OK',
      '+COPS?': '+COPS: 1,2,"00101",7',
    });
    const status = await modem.services.networks.select('00101', { ...quickly, selected: () => (selected += 1) });
    expect(status.registration.state).toBe('roaming');
    expect(selected).toBe(1);
    expect(written).toContain('AT+COPS=1,2,"00101"');
  });

  it('says why the network refused, where the modem only says that it could not', async () => {
    const denied = { '+CREG?': '+CREG: 3,3', '+CEREG?': '+CEREG: 3,3,,,,0,11', '+CREG=3': 'OK', '+CEREG=3': 'OK' };
    const { modem } = await open({ ...denied, '+COPS=1,2,"00102"': '+CME ERROR: 30' });
    await expect(modem.services.networks.select('00102', quickly)).rejects.toMatchObject({
      code: 'NOT_REGISTERED',
      details: { state: 'denied', rejectCause: 11 },
    });
  });

  it('is not content with another network than the one that was named', async () => {
    const { modem } = await open({ '+COPS=1,2,"00102"': 'OK', '+COPS?': '+COPS: 0,2,"00101",7' });
    await expect(modem.services.networks.select('00102', quickly)).rejects.toMatchObject({
      code: 'NOT_REGISTERED',
      details: { operator: '00101' },
    });
  });

  it('hands on what has nothing to do with the network', async () => {
    const { modem } = await open({ '+COPS=0': '+CME ERROR: 3' });
    await expect(modem.services.networks.select(null, quickly)).rejects.toMatchObject({ code: 'CME_ERROR', details: { code: 3 } });
  });
});

describe('the registration', () => {
  it('is told for each system that the modem knows, without causes where it has none', async () => {
    const { modem, written } = await open({});
    const { networks } = modem.services;
    const report = await networks.report();
    expect(report).toMatchObject({ selection: 'automatic', rejectCause: null });
    expect(report.domains.map(({ domain, state }) => [domain, state])).toEqual([
      ['+CREG', 'roaming'],
      ['+CEREG', 'roaming'],
    ]);
    await networks.report();
    expect(written.filter((line) => line.endsWith('=3'))).toEqual(['AT+CREG=3', 'AT+CGREG=3', 'AT+CEREG=3']);
  });
});

describe('a scan', () => {
  it('ends early where the modem lets it, and says that it was cancelled', async () => {
    const { modem, written, say } = await open({ '+COPS=?': 'SILENCE' });
    const stop = new AbortController();
    const scan = modem.services.networks.scan(stop.signal);
    await expect.poll(() => written.at(-1)).toBe('AT+COPS=?');
    stop.abort();
    say('\r\nOK\r\n');
    await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await modem.registration()).state).toBe('roaming');
  });

  it('is not begun where it was cancelled before', async () => {
    const { modem, written } = await open({});
    await expect(modem.services.networks.scan(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(written).not.toContain('AT+COPS=?');
  });
});
