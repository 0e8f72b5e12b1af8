import { afterEach, describe, expect, it } from 'vitest';
import type { Modem } from '../modem.ts';
import { openModem } from '../open-modem.ts';
import { createScriptedModem, quickTimings, type ScriptedModem } from '../scripted-modem.fixture.ts';

const opened: Modem[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((modem) => modem.close()));
});

async function open(answers: Readonly<Record<string, string>>): Promise<{ modem: Modem; scripted: ScriptedModem }> {
  const scripted = createScriptedModem(answers);
  const modem = await openModem(scripted.connection, quickTimings);
  opened.push(modem);
  return { modem, scripted };
}

/** What was written since, without what reads. */
function orders({ written }: ScriptedModem): readonly string[] {
  return written.filter((line) => /^AT[+!^%#][A-Z0-9]+=(?!\?)|^AT&/.test(line) && !/^AT\+(?:C[A-Z]*REG|CMEE|COPS|CGSN)=/.test(line));
}

const radio = {
  '+CFUN?': '+CFUN: 1',
  '+QCFG="nwscanmode"': '+QCFG: "nwscanmode",0',
  '+QCFG=?': '+QCFG: "nwscanmode",(0-3),(0,1)',
  '+QCFG="band"': '+QCFG: "band",0x93,0x80045,0x0',
};

describe('what the radio may use', () => {
  it('is asked for in the way that the modem answers, and from then on in that way alone', async () => {
    const { modem, scripted } = await open(radio);
    const settings = await modem.services.radioControl.read();
    expect(settings).toMatchObject({
      power: 'on',
      fccLocked: false,
      technologies: { allowed: ['gsm', 'utran', 'eutran'] },
      bands: { enabled: ['GSM900', 'GSM1800', 'U1', 'U8', 'B1', 'B3', 'B7', 'B20'] },
    });
    const before = scripted.written.length;
    await modem.services.radioControl.read();
    expect(scripted.written.slice(before).filter((line) => line.includes('QNWPREFCFG'))).toEqual([]);
  });

  it('is told and read back', async () => {
    const { modem, scripted } = await open({ ...radio, '+QCFG="nwscanmode",3,1': 'OK' });
    const { radioControl } = modem.services;
    await expect(radioControl.setTechnologies({ allowed: ['eutran'], preferred: null })).rejects.toMatchObject({
      code: 'AT_ANSWER',
      details: { reason: 'unchanged' },
    });
    await expect(radioControl.setBands(['B3', 'B99'])).rejects.toMatchObject({ code: 'MODEM_UNSUPPORTED' });
    scripted.answers.set('+QCFG="nwscanmode"', '+QCFG: "nwscanmode",3');
    expect((await radioControl.setTechnologies({ allowed: ['eutran'], preferred: null })).technologies?.allowed).toEqual(['eutran']);
  });

  it('is null where the modem has no command for it, and cannot be told', async () => {
    const { modem } = await open({});
    const { radioControl } = modem.services;
    expect(await radioControl.read()).toEqual({ power: null, fccLocked: null, technologies: null, bands: null });
    await expect(radioControl.setBands(['B3'])).rejects.toMatchObject({ code: 'MODEM_UNSUPPORTED' });
    await expect(radioControl.setTechnologies({ allowed: ['nr'], preferred: null })).rejects.toMatchObject({ code: 'MODEM_UNSUPPORTED' });
  });

  it('is told with the radio off where the maker wants that, and the radio goes on whatever comes of it', async () => {
    const { modem, scripted } = await open({
      '+CGMI': 'u-blox',
      '+CFUN?': '+CFUN: 1',
      '+CFUN=4': 'OK',
      '+CFUN=1': 'OK',
      '+URAT?': '+URAT: 4',
      '+URAT=?': '+URAT: (0-6),(0,2,3)',
    });
    await expect(modem.services.radioControl.setTechnologies({ allowed: ['eutran'], preferred: null })).rejects.toMatchObject({
      code: 'AT_ERROR',
    });
    expect(orders(scripted)).toEqual(['AT+CFUN=4', 'AT+URAT=3', 'AT+CFUN=1']);
  });
});

describe('the radio itself', () => {
  it('is turned off and on', async () => {
    const { modem, scripted } = await open({ ...radio, '+CFUN=4': 'OK', '+CFUN=1': 'OK' });
    scripted.answers.set('+CFUN?', '+CFUN: 4');
    expect((await modem.services.radioControl.setAirplaneMode(true)).power).toBe('airplane');
    scripted.answers.set('+CFUN?', '+CFUN: 1');
    expect((await modem.services.radioControl.setAirplaneMode(false)).power).toBe('on');
  });

  it('is held off by a lock where it says yes and stays off', async () => {
    const { modem, scripted } = await open({ ...radio, '+CFUN?': '+CFUN: 4', '+CFUN=1': 'OK' });
    const { radioControl } = modem.services;
    expect((await radioControl.read()).fccLocked).toBeNull();
    await expect(radioControl.setAirplaneMode(false)).rejects.toMatchObject({ code: 'RADIO_LOCKED' });
    expect(await radioControl.read()).toMatchObject({ power: 'airplane', fccLocked: true });
    scripted.answers.set('+CFUN?', '+CFUN: 1');
    expect((await radioControl.read()).fccLocked).toBe(false);
  });

  it('is held off by a lock that its maker tells of', async () => {
    const { modem } = await open({
      '+CGMI': 'Fibocom Wireless Inc.',
      '+CFUN?': '+CFUN: 4',
      '+CFUN=1': 'ERROR',
      '+GTFCCEFFSTATUS?': '+GTFCCEFFSTATUS: 2,0',
    });
    expect((await modem.services.radioControl.read()).fccLocked).toBe(true);
    await expect(modem.services.radioControl.setAirplaneMode(false)).rejects.toMatchObject({ code: 'RADIO_LOCKED' });
  });
});

describe('details', () => {
  const details = {
    '+CGSN=0': '866758040000003',
    '+CGSN=2': '+CGSN: "8667580400000007"',
    '+CNUM': '+CNUM: "","447700900482",145',
    '+QUIMSLOT?': '+QUIMSLOT: 1',
    '+QUIMSLOT=?': '+QUIMSLOT: (1,2)',
    '+CCLK?': '+CCLK: "26/11/24,17:05:09+04"',
    '+QTEMP': '+QTEMP: 31,29,30',
  };

  it('are what the modem tells, without what only repeats its IMEI', async () => {
    const { modem } = await open(details);
    expect(await modem.services.details.read()).toEqual({
      serialNumber: null,
      imeiSv: '8667580400000007',
      ownNumbers: [{ number: '+447700900482', name: null }],
      slots: { active: 1, count: 2 },
      clock: { at: Date.UTC(2026, 10, 24, 16, 5, 9), offsetMinutes: 60 },
      temperature: 31,
    });
  });

  it('are null where it tells nothing, also while the card is locked', async () => {
    const { modem } = await open({ '+CNUM': '+CME ERROR: 11' });
    expect(await modem.services.details.read()).toEqual({
      serialNumber: null,
      imeiSv: null,
      ownNumbers: [],
      slots: null,
      clock: null,
      temperature: null,
    });
  });

  it('change with the slot, where there is such a slot', async () => {
    const { modem, scripted } = await open({ ...details, '+QUIMSLOT=2': 'OK' });
    await expect(modem.services.details.selectSlot(3)).rejects.toMatchObject({ code: 'MODEM_UNSUPPORTED' });
    scripted.answers.set('+QUIMSLOT?', '+QUIMSLOT: 2');
    expect((await modem.services.details.selectSlot(2)).slots).toEqual({ active: 2, count: 2 });
    expect(orders(scripted)).toEqual(['AT+QUIMSLOT=2']);
  });
});

describe('contexts for data', () => {
  const contexts = {
    '+CGDCONT?': '+CGDCONT: 1,"IPV4V6","internet","0.0.0.0",0,0\n+CGDCONT: 2,"IP","ims","0.0.0.0",0,0',
    '+CGATT?': '+CGATT: 1',
    '+CGACT?': '+CGACT: 1,1\n+CGACT: 2,0',
    '+CGPADDR': '+CGPADDR: 1,"10.45.7.1"',
    '+CGCONTRDP': '+CGCONTRDP: 1,5,"internet","10.45.7.1.255.255.255.0","10.45.7.254","192.0.2.53","0.0.0.0"',
    '+CGAUTH?': '+CGAUTH: 1,1,"web","secret"',
    '+QGDCNT?': '+QGDCNT: 48213,1907344',
  };

  it('are told with servers, authentication and bytes, and never with a password', async () => {
    const { modem } = await open(contexts);
    const data = await modem.services.packetData.read();
    expect(data.contexts).toEqual([
      {
        cid: 1,
        type: 'ipv4v6',
        apn: 'internet',
        active: true,
        addresses: ['10.45.7.1'],
        dnsServers: ['192.0.2.53'],
        authentication: { protocol: 'pap', userName: 'web' },
        counters: { sent: 48_213, received: 1_907_344 },
      },
      {
        cid: 2,
        type: 'ipv4',
        apn: 'ims',
        active: false,
        addresses: [],
        dnsServers: [],
        authentication: { protocol: 'none', userName: '' },
        counters: null,
      },
    ]);
  });

  it('keep their authentication unless another is given, and say where there is no command for it', async () => {
    const { modem, scripted } = await open({ ...contexts, '+CGDCONT=1,"IPV4V6","internet"': 'OK', '+CGAUTH=1,2,"web","other"': 'OK' });
    const context = { cid: 1, type: 'ipv4v6', apn: 'internet' } as const;
    await modem.services.packetData.set(context);
    await modem.services.packetData.set({ ...context, authentication: { protocol: 'chap', userName: 'web', password: 'other' } });
    expect(orders(scripted)).toEqual([
      'AT+CGDCONT=1,"IPV4V6","internet"',
      'AT+CGDCONT=1,"IPV4V6","internet"',
      'AT+CGAUTH=1,2,"web","other"',
    ]);
    const none = { protocol: 'none', userName: '', password: '' } as const;
    await expect(modem.services.packetData.set({ ...context, authentication: none })).rejects.toMatchObject({ code: 'MODEM_UNSUPPORTED' });
  });

  it('are attached for, and detached from', async () => {
    const { modem, scripted } = await open({ ...contexts, '+CGATT=0': 'OK' });
    await expect(modem.services.packetData.setAttached(false)).rejects.toMatchObject({ code: 'AT_ANSWER' });
    scripted.answers.set('+CGATT?', '+CGATT: 0');
    expect((await modem.services.packetData.setAttached(false)).attached).toBe(false);
  });
});

it('factory settings are kept before the modem starts with them', async () => {
  const { modem, scripted } = await open({ '&F': 'OK', '&W': 'OK', '+CFUN=1,1': 'OK' });
  await modem.services.factoryReset();
  expect(orders(scripted)).toEqual(['AT&F', 'AT&W', 'AT+CFUN=1,1']);
});
