import { afterEach, describe, expect, it } from 'vitest';
import { isDeviceError } from '../errors.ts';
import type { Modem, ModemEvent } from './modem.ts';
import { openModem } from './open-modem.ts';
import { createScriptedModem, quickTimings, type ScriptedModem } from './scripted-modem.fixture.ts';

const opened: Modem[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((modem) => modem.close()));
});

async function open(scripted: ScriptedModem): Promise<Modem> {
  const modem = await openModem(scripted.connection, quickTimings);
  opened.push(modem);
  return modem;
}

describe('openModem', () => {
  it('knows the modem after two commands and its whole status after three', async () => {
    const scripted = createScriptedModem();
    const modem = await open(scripted);
    expect(modem.identity).toEqual({ manufacturer: 'Quectel', model: 'EG25', revision: 'EG25GGBR07A08M2G', imei: '866758040000003' });
    expect(modem.commandCount).toBe(2);
    expect(await modem.status()).toEqual({
      sim: 'ready',
      iccid: '8944990000004821602',
      imsi: '001010000482160',
      registration: { state: 'roaming', technology: 'eutran', areaCode: '00C4', cellId: '0B51D70A' },
      operator: { name: 'Harbour Mobile', mccMnc: null },
      signal: { rssi: -73, rsrp: -91, rsrq: -10, bars: 4 },
    });
    expect(modem.commandCount).toBe(3);
  });

  it('asks one by one where the modem takes one command a line', async () => {
    const scripted = createScriptedModem({}, { combines: false });
    const modem = await open(scripted);
    expect(modem.identity.imei).toBe('866758040000003');
    const status = await modem.status();
    expect(status).toMatchObject({
      sim: 'ready',
      iccid: '8944990000004821602',
      registration: { state: 'roaming' },
      operator: { name: 'Harbour Mobile' },
    });
    const before = scripted.written.length;
    await modem.status();
    expect(scripted.written.length - before).toBe(8);
  });

  it('finds the way to the card’s number that the modem has, and keeps it', async () => {
    const scripted = createScriptedModem({
      '+CGMI': 'Other Maker',
      '+CCID': 'ERROR',
      '+ICCID': '+CME ERROR: 4',
      '+CRSM=176,12258,0,0,10': '+CRSM: 144,0,"984499000000841206F2"',
    });
    const modem = await open(scripted);
    expect((await modem.sim()).iccid).toBe('8944990000004821602');
    const before = modem.commandCount;
    expect(await modem.sim()).toEqual({ state: 'ready', iccid: '8944990000004821602', imsi: '001010000482160' });
    expect(modem.commandCount - before).toBe(1);
  });

  it.each([
    ['+CME ERROR: 10', 'absent'],
    ['+CME ERROR: 13', 'failed'],
    ['+CME ERROR: 14', 'busy'],
    ['+CPIN: SIM PIN', 'pinRequired'],
    ['+CME ERROR: 12', 'pukRequired'],
  ])('tells the rest of the status when the card answers %s', async (answer, sim) => {
    const scripted = createScriptedModem({
      '+CPIN?': answer,
      '+CIMI': 'ERROR',
      '+QCCID': sim === 'pinRequired' ? '+QCCID: 8944990000004821602F' : '+CME ERROR: 13',
    });
    const modem = await open(scripted);
    expect(await modem.status()).toMatchObject({ sim, imsi: null, registration: { state: 'roaming' }, signal: { rsrp: -91 } });
    scripted.answers.set('+CPIN?', '+CPIN: READY');
    scripted.answers.set('+QCCID', '+QCCID: 8944990000004821602F');
    scripted.answers.set('+CIMI', '001010000482160');
    expect(await modem.status()).toMatchObject({ sim: 'ready', iccid: '8944990000004821602', imsi: '001010000482160' });
  });

  it('works where the modem lacks LTE registration and extended signal quality', async () => {
    const scripted = createScriptedModem({
      '+CEREG=2': 'ERROR',
      '+CEREG?': '+CME ERROR: 4',
      '+CESQ': 'ERROR',
      '+CREG?': '+CREG: 2,1,"33FE","01CD",2',
    });
    const modem = await open(scripted);
    expect(await modem.status()).toMatchObject({
      registration: { state: 'home', technology: 'utran' },
      signal: { rssi: -73, rsrp: null, bars: 4 },
    });
    const before = modem.commandCount;
    await modem.status();
    expect(modem.commandCount - before).toBe(1);
  });

  it('says that nothing answers', async () => {
    const scripted = createScriptedModem({}, { respond: () => 'SILENCE' });
    await expect(openModem(scripted.connection, quickTimings)).rejects.toMatchObject({ code: 'MODEM_SILENT' });
  });

  it('turns what the modem says into events until the port closes', async () => {
    const scripted = createScriptedModem();
    const modem = await open(scripted);
    const events: ModemEvent[] = [];
    const reading = (async () => {
      for await (const event of modem.events(new AbortController().signal)) events.push(event);
    })();
    scripted.say('\r\n+CREG: 2\r\n+CEREG: 1,"00AA","000000BB",7\r\n+CPIN: NOT READY\r\n+QIND: SMS DONE\r\n');
    scripted.unplug();
    await reading;
    expect(events).toEqual([
      { kind: 'registration', registration: { state: 'searching', technology: null, areaCode: null, cellId: null } },
      { kind: 'registration', registration: { state: 'home', technology: 'eutran', areaCode: '00AA', cellId: '000000BB' } },
      { kind: 'sim', state: 'busy' },
      { kind: 'line', line: '+QIND: SMS DONE' },
      { kind: 'closed', unplugged: true },
    ]);
    await expect(modem.status()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('tells a modem that started again how to report', async () => {
    const scripted = createScriptedModem();
    const modem = await open(scripted);
    scripted.say('\r\nRDY\r\n');
    await modem.send('AT+CGMI');
    expect(scripted.written.slice(2)).toEqual(['AT+CMEE=1;+CREG=2;+CEREG=2', 'AT+CGMI']);
  });

  it('passes raw commands through, with their errors', async () => {
    const modem = await open(createScriptedModem({ '+CFUN?': '+CFUN: 1', '+X': '+CME ERROR: 4' }));
    expect(await modem.send('AT+CFUN?')).toEqual({ lines: ['+CFUN: 1'], final: 'OK' });
    await expect(modem.send('AT+X')).rejects.toMatchObject({ code: 'CME_ERROR', details: { code: 4 } });
  });

  it('never hangs when the port closes, at whatever byte of setting up and reading', async () => {
    const whole = createScriptedModem();
    let total = 0;
    const counting = await openModem(
      {
        ...whole.connection,
        listen: (listener) => {
          whole.connection.listen({
            onClose: (unplugged) => {
              listener.onClose(unplugged);
            },
            onData: (bytes) => {
              total += bytes.length;
              listener.onData(bytes);
            },
          });
        },
      },
      quickTimings,
    );
    await counting.status();
    await counting.close();
    expect(total).toBeGreaterThan(400);
    for (let bytes = 1; bytes < total - 1; bytes += 1) {
      const scripted = createScriptedModem({}, { unplugAfter: bytes });
      const begun = performance.now();
      const error: unknown = await openModem(scripted.connection, quickTimings)
        .then((modem) => modem.status())
        .then(
          () => null,
          (reason: unknown) => reason,
        );
      expect(isDeviceError(error) ? error.code : error, `after ${bytes} bytes`).toBe('PORT_CLOSED');
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
  });
});

describe('waitForProfile', () => {
  const wanted = '8944990000004821784';

  it('waits for the number and then for the network, driven by news', async () => {
    const scripted = createScriptedModem({ '+CREG?': '+CREG: 2,2', '+CEREG?': '+CEREG: 2,2' });
    const modem = await open(scripted);
    const waiting = modem.waitForProfile(wanted, { timeoutMs: 2_000 });
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    scripted.answers.set('+QCCID', `+QCCID: ${wanted}F`);
    scripted.say('\r\n+QUSIM: 1\r\n');
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    scripted.answers.set('+CEREG?', '+CEREG: 2,1,"00C4","0B51D70A",7');
    scripted.say('\r\n+CEREG: 1,"00C4","0B51D70A",7\r\n');
    expect(await waiting).toMatchObject({ iccid: wanted, registration: { state: 'home' } });
  });

  it('does not take the old profile’s registration for the new one’s', async () => {
    const modem = await open(createScriptedModem());
    await expect(modem.waitForProfile(wanted, { timeoutMs: 60 })).rejects.toMatchObject({
      code: 'NOT_REGISTERED',
      details: { profileSeen: false },
    });
  });

  it('reports a lasting refusal before the deadline, with the network’s cause', async () => {
    const modem = await open(
      createScriptedModem({ '+QCCID': `+QCCID: ${wanted}`, '+CREG?': '+CREG: 2,3', '+CEREG?': '+CEREG: 3,3,"00C4","0B51D70A",7,0,15' }),
    );
    const begun = performance.now();
    await expect(modem.waitForProfile(wanted, { timeoutMs: 20_000 })).rejects.toMatchObject({
      code: 'NOT_REGISTERED',
      details: { state: 'denied', rejectCause: 15, profileSeen: true },
    });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('ends for an absent card, a locked one, a closed port and a person who cancels', async () => {
    const absent = await open(createScriptedModem({ '+CPIN?': '+CME ERROR: 10' }));
    await expect(absent.waitForProfile(wanted, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'SIM_ABSENT' });
    const locked = await open(createScriptedModem({ '+CPIN?': '+CPIN: SIM PIN', '+QCCID': `+QCCID: ${wanted}` }));
    await expect(locked.waitForProfile(wanted, { timeoutMs: 2_000 })).rejects.toMatchObject({ code: 'SIM_PIN_REQUIRED' });
    const scripted = createScriptedModem();
    const unplugged = await open(scripted);
    const waiting = unplugged.waitForProfile(wanted, { timeoutMs: 5_000 });
    setTimeout(() => {
      scripted.unplug();
    }, 30);
    await expect(waiting).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    const cancelled = await open(createScriptedModem());
    await expect(cancelled.waitForProfile(wanted, { timeoutMs: 5_000, signal: AbortSignal.timeout(30) })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
