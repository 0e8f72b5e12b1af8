import { afterEach, describe, expect, it } from 'vitest';
import type { Modem } from '../modem.ts';
import { openModem } from '../open-modem.ts';
import { createScriptedModem, quickTimings, type ScriptedModem } from '../scripted-modem.fixture.ts';

const opened: Modem[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((modem) => modem.close()));
});

async function open(
  answers: Readonly<Record<string, string>>,
  options: Parameters<typeof createScriptedModem>[1] = {},
): Promise<{ readonly modem: Modem; readonly scripted: ScriptedModem; readonly sent: () => readonly string[] }> {
  const scripted = createScriptedModem({ '+CMGF=0': 'OK', '+CPMS=?': '+CPMS: ("SM","ME","MT"),("SM"),("SM")', ...answers }, options);
  const modem = await openModem(scripted.connection, quickTimings);
  opened.push(modem);
  const before = scripted.written.length;
  return { modem, scripted, sent: () => scripted.written.slice(before) };
}

const storages = { '+CPMS="SM"': '+CPMS: 1,20,0,50,0,50', '+CPMS="ME"': '+CPMS: 0,50,0,50,0,50' };

describe('messages of a modem', () => {
  it('lists both storages with one line for each', async () => {
    const { modem, scripted, sent } = await open(storages);
    scripted.answers.set('+CMGL=4', '+CMGL: 4,0,,2\n0011');
    expect(await modem.messages.list()).toEqual({
      messages: [
        { storage: 'SM', index: 4, state: 'unread', pdu: '0011' },
        { storage: 'ME', index: 4, state: 'unread', pdu: '0011' },
      ],
      storages: [
        { name: 'SM', used: 1, total: 20 },
        { name: 'ME', used: 0, total: 50 },
      ],
    });
    await modem.messages.list();
    expect(sent()).toEqual([
      'AT+CPMS=?',
      ...Array.from({ length: 2 }, () => ['AT+CMGF=0;+CPMS="SM";+CMGL=4', 'AT+CMGF=0;+CPMS="ME";+CMGL=4']).flat(),
    ]);
  });

  it('asks one by one where the modem takes one command a line', async () => {
    const { modem } = await open({ ...storages, '+CMGR=4': '+CMGR: 1,,2\n0011', '+CMGD=4': 'OK' }, { combines: false });
    expect(await modem.messages.read('SM', 4)).toEqual({ storage: 'SM', index: 4, state: 'read', pdu: '0011' });
    await modem.messages.remove('SM', 4);
  });

  it('asks for reports by their place, or not at all, where the modem does not give them directly', async () => {
    const { modem, sent } = await open({ '+CNMI=1,1,0,2,0': 'OK' });
    await modem.messages.follow();
    expect(sent().at(-1)).toBe('AT+CMGF=0;+CNMI=1,1,0,2,0');
  });

  it('acknowledges what comes directly where the service wants it', async () => {
    const { modem, scripted } = await open({ '+CSMS?': '+CSMS: 1,1,1,1', '+CNMI=2,1,0,1,0': 'OK', '+CNMA': 'OK' });
    await modem.messages.follow();
    const stopped = new AbortController();
    const news = modem.messages.news(stopped.signal)[Symbol.asyncIterator]();
    scripted.say('\r\n+CMT: ,4\r\n00AB01\r\n\r\n+CMTI: "ME",7\r\n');
    expect((await news.next()).value).toEqual({ kind: 'direct', pdu: '00AB01' });
    expect((await news.next()).value).toEqual({ kind: 'stored', storage: 'ME', index: 7 });
    await expect.poll(() => scripted.written.at(-1)).toBe('AT+CNMA');
    stopped.abort();
  });

  it('passes on what is broadcast, and no line that only looks like it', async () => {
    const { modem, scripted } = await open({});
    const stopped = new AbortController();
    const pages = modem.messages.broadcasts(stopped.signal)[Symbol.asyncIterator]();
    scripted.say('\r\n+CBM: 3\r\n000032\r\n\r\n+CBM: 15\r\n401000320111C8329BFD66BF41\r\n');
    expect((await pages.next()).value).toMatchObject({ messageIdentifier: 50, page: 1, pages: 1, language: 'en' });
    stopped.abort();
    expect((await pages.next()).done).toBe(true);
  });

  it('sends a PDU behind the prompt, and leaves the prompt of a message that does not get through', async () => {
    let prompts = true;
    const { modem, scripted } = await open(
      {},
      {
        raw: (line) => {
          if (line.startsWith('AT+CMGS')) return prompts ? '\r\n> ' : null;
          return line.endsWith('\u001a') ? '\r\n+CMGS: 9\r\n\r\nOK\r\n' : undefined;
        },
      },
    );
    expect(await modem.messages.send({ hex: '0001AA', tpduLength: 2 })).toBe(9);
    expect(scripted.written.slice(-2)).toEqual(['AT+CMGS=2', '0001AA\u001a']);
    prompts = false;
    await expect(modem.messages.send({ hex: '0001AA', tpduLength: 2 })).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
    await modem.send('AT+CSQ');
    // First of all the prompt that may still come is left.
    expect(scripted.written.slice(-4)).toEqual(['\u001b', '', 'AT', 'AT+CSQ']);
  });
});

describe('codes', () => {
  it('gives the answer of the network, a menu of several lines too, in whatever form it comes', async () => {
    const { modem, scripted } = await open({
      '+CSCS?': '+CSCS: "GSM"',
      '+CUSD=1,"*100#",15': 'OK',
      '+CUSD=1,"1",15': 'OK',
      '+CUSD=2': 'OK',
    });
    const reply = modem.ussd.send('*100#');
    await expect.poll(() => scripted.written.at(-1)).toBe('AT+CUSD=1,"*100#",15');
    await expect(modem.ussd.send('*101#')).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    scripted.say('\r\n+CUSD: 1,"LEB\r\n1 Balance\r\n2 Plan",15\r\n');
    expect(await reply).toEqual({ state: 'answerExpected', text: 'LEB\n1 Balance\n2 Plan' });
    const answer = modem.ussd.send('1');
    await expect.poll(() => scripted.written.at(-1)).toBe('AT+CUSD=1,"1",15');
    scripted.say('\r\n+CUSD: 0,"4F60597D",72\r\n');
    expect(await answer).toEqual({ state: 'done', text: '你好' });
    await modem.ussd.cancel();
    await expect(modem.ussd.send('1"')).rejects.toMatchObject({ code: 'SMS_NOT_ENCODABLE' });
  });

  it('takes the last of what comes before the modem’s own answer, and ends with the port', async () => {
    const { modem, scripted } = await open(
      {},
      { respond: (part) => (part.startsWith('+CUSD=1,"*1#"') ? '+CUSD: 2,"Release",15\n+CUSD: 0,"Text",15' : undefined) },
    );
    expect(await modem.ussd.send('*1#')).toEqual({ state: 'done', text: 'Text' });
    scripted.answers.set('+CUSD=1,"*2#",15', 'OK');
    const lost = modem.ussd.send('*2#');
    await expect.poll(() => scripted.written.at(-1)).toBe('AT+CUSD=1,"*2#",15');
    scripted.unplug();
    await expect(lost).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });
});
