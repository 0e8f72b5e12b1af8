import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TextMessage } from '#contract/desk/messages.ts';
import { createVirtualHardware, virtualModemPath, type VirtualHardware } from '#simulator/hardware.ts';
import { putOnAir } from '#simulator/air.ts';
import { lebEurope, lebGlobal } from '#simulator/sample.ts';
import { unreachableNumber } from '#simulator/modem/sms-centre.ts';
import { makeFolder, openApplication, removeFolder, until, untilDevice, type Desk, type OpenApplication } from './core-stage.ts';

const modem = `serial:${virtualModemPath}`;
const own = lebEurope.msisdn;
const friend = '+447700900321';
const long = 'A long text of several parts, each of which finds its place again. '.repeat(5).trim();

describe('messages and codes of the bench’s modem, through the desk contract', () => {
  let hardware: VirtualHardware;
  let folder = '';
  let desk: Desk;
  let application: OpenApplication;

  const open = async () => {
    application = await openApplication({ dataDir: folder, serialTransports: [hardware.serialTransport] });
    ({ desk } = application);
    await untilDevice(desk, modem, (device) => device.state === 'ready' && device.ladder.every(({ state }) => state === 'met'));
  };
  beforeEach(async () => {
    folder = await makeFolder();
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1, airDir: join(folder, 'air') });
    await open();
  });
  afterEach(async () => {
    await application.close();
    hardware.close();
    await removeFolder(folder);
  });

  const message = async (fits: (message: TextMessage) => boolean): Promise<TextMessage> => {
    const { messages } = await until(desk.messages.watch(), (snapshot) => snapshot.messages.some(fits));
    const found = messages.find(fits);
    if (found === undefined) throw new Error('no such message');
    return found;
  };

  it('receives what is sent to the line, puts parts together, and recognises the confirmation of a renewal', async () => {
    hardware.controls.sendText({ from: friend, to: own, text: 'Sent before anybody listens' });
    const first = await message(({ text }) => text === 'Sent before anybody listens');
    expect(first).toMatchObject({ direction: 'received', number: friend, unread: true, stored: true, iccid: lebEurope.iccid });

    hardware.controls.sendText({ from: friend, to: own, text: long });
    expect(await message(({ text }) => text === long)).toMatchObject({ parts: 3, missing: [] });
    hardware.controls.sendText({ from: 'LEB', to: own, text: 'LEB：LEB Europe 已续订至 2026年9月6日。订单 LEB-26-000001。' });
    expect(await message(({ orderNumber }) => orderNumber === 'LEB-26-000001')).toMatchObject({ number: 'LEB' });

    await desk.messages.markRead({ messageIds: [first.messageId] });
    expect(await message(({ messageId }) => messageId === first.messageId)).toMatchObject({ unread: false });
  });

  it('takes from the carrier of the bench what is for its line, and leaves what is for another one', async () => {
    const text = { from: 'LEB', text: 'LEB: LEB Europe is renewed until 6 September 2026. Order LEB-26-000002.' };
    putOnAir(join(folder, 'air'), 'another', { ...text, to: lebGlobal.msisdn });
    putOnAir(join(folder, 'air'), 'own', { ...text, to: own });
    expect(await message(({ orderNumber }) => orderNumber === 'LEB-26-000002')).toMatchObject({ number: 'LEB', text: text.text });
    expect(await readdir(join(folder, 'air'))).toEqual(['another.json']);
  });

  it('keeps the archive across a start, and what was read there stays read', async () => {
    hardware.controls.sendText({ from: friend, to: own, text: 'Once' });
    const { messageId } = await message(({ text }) => text === 'Once');
    await desk.messages.markRead({ messageIds: [messageId] });
    await application.close();
    await open();
    const { messages, storages } = await desk.messages.read({ deviceId: modem });
    expect(messages).toEqual([expect.objectContaining({ messageId, unread: false, stored: true })]);
    expect(storages).toContainEqual({ deviceId: modem, name: 'SM', used: 1, total: 10 });
  });

  it('says that a storage is full, makes room in it, and takes what waited', async () => {
    for (let number = 1; number <= 12; number += 1) hardware.controls.sendText({ from: friend, to: own, text: `Number ${number}` });
    await until(desk.messages.watch(), ({ storages }) => storages.some(({ name, used, total }) => name === 'SM' && used === total));
    expect(await desk.messages.free({ deviceId: modem })).toEqual({ freed: 10 });
    await message(({ text }) => text === 'Number 12');
    const { messages } = await until(desk.messages.watch(), (snapshot) => snapshot.messages.length === 12);
    expect(messages.filter(({ stored }) => stored)).toHaveLength(2);
  });

  it('deletes out of the modem and out of the archive, but never what another program has put into the place', async () => {
    hardware.controls.sendText({ from: friend, to: own, text: 'One' });
    const { messageId } = await message(({ text }) => text === 'One');
    await desk.modem.send({ deviceId: modem, command: 'AT+CPMS="SM";+CMGD=0' });
    hardware.controls.sendText({ from: friend, to: own, text: 'Two' });
    await message(({ text }) => text === 'Two');
    await desk.messages.delete({ messageIds: [messageId] });
    const { messages, storages } = await desk.messages.read({ deviceId: modem });
    expect(messages.map(({ text }) => text)).toEqual(['Two']);
    await desk.messages.delete({ messageIds: messages.map((one) => one.messageId) });
    expect(await desk.messages.read({ deviceId: modem })).toMatchObject({ messages: [], storages: storages.map(() => ({ used: 0 })) });
    await expect(desk.messages.delete({ messageIds: [messageId] })).rejects.toMatchObject({ code: 'MESSAGE_UNKNOWN' });
  });

  it('sends a text in parts, to itself too, and hears what became of it', async () => {
    await desk.messages.read({ deviceId: modem });
    expect(await desk.messages.plan({ text: long })).toMatchObject({ alphabet: 'gsm7', parts: 3 });
    expect(await desk.messages.plan({ text: '你好' })).toEqual({ alphabet: 'ucs2', parts: 1, unitsLeft: 68 });
    const sent = await desk.messages.send({ deviceId: modem, to: own, text: long, report: true });
    expect(sent).toMatchObject({ direction: 'sent', number: own, text: long, parts: 3, partsSent: 3 });
    await message(({ messageId, state }) => messageId === sent.messageId && state === 'delivered');
    await message(({ direction, text }) => direction === 'received' && text === long);
    const lost = await desk.messages.send({ deviceId: modem, to: unreachableNumber, text: '你好', report: true });
    await message(({ messageId, state }) => messageId === lost.messageId && state === 'undelivered');
  });

  it('keeps what could not be sent, and sends it again', async () => {
    await desk.messages.read({ deviceId: modem });
    await desk.modem.send({ deviceId: modem, command: 'AT+CFUN=4' });
    await expect(desk.messages.send({ deviceId: modem, to: friend, text: 'Later' })).rejects.toMatchObject({
      code: 'CMS_ERROR',
      data: { code: 331 },
    });
    const failed = await message(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ text: 'Later', partsSent: 0, problem: { code: 'CMS_ERROR' } });
    await desk.modem.send({ deviceId: modem, command: 'AT+CFUN=1' });
    await untilDevice(desk, modem, ({ modem: status }) => status?.registration.state === 'roaming');
    expect(await desk.messages.sendAgain({ messageId: failed.messageId })).toMatchObject({ state: 'sent', partsSent: 1, problem: null });
    await expect(desk.messages.send({ deviceId: modem, to: 'nobody', text: 'x' })).rejects.toMatchObject({ code: 'SMS_NOT_ENCODABLE' });
  });

  it('goes through a menu of the network in two scripts, and leaves it', async () => {
    const say = (text: string) => desk.ussd.send({ deviceId: modem, text });
    expect(await say('*100#')).toEqual({ state: 'answerExpected', text: expect.stringContaining('3 余量') });
    expect(await say('3')).toEqual({ state: 'done', text: '剩余流量：3.80 GB' });
    expect(await say('*100#')).toMatchObject({ state: 'answerExpected' });
    expect(await say('2')).toEqual({ state: 'answerExpected', text: 'Your plan ends in 23 days.\n9 Back' });
    await desk.ussd.cancel({ deviceId: modem });
    expect(await say('*999#')).toEqual({ state: 'notSupported', text: null });
    await desk.modem.send({ deviceId: modem, command: 'AT+CSCS="UCS2"' });
    expect(await say('*100#')).toMatchObject({ state: 'answerExpected' });
    expect(await say('1')).toEqual({ state: 'done', text: 'Data left: 3.80 GB [of 10 GB]' });
  });
});
