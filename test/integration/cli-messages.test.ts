import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { messagesSnapshot, textMessage, ussdReply } from '#contract/desk/messages.ts';
import { lebEurope } from '#simulator/sample.ts';
import { dataOf, errorOf, runLeb, type LebResult } from './support/run-leb.ts';
import { startSimulator, type SimulatorProcess } from './support/simulator-process.ts';

/** Messages and codes in the terminal, through serialport on a pseudo-terminal; each command is a process of its own. */
const folder = mkdtempSync(join(tmpdir(), 'leb-cli-messages-'));
const path = join(folder, 'modem');
const device = `serial:${path}`;
let simulator: SimulatorProcess;

const json = (...argv: readonly string[]): Promise<LebResult> => runLeb(['--json', '--serial', path, ...argv], { dataDir: folder });
const list = async () => dataOf(await json('sms', 'list', device), messagesSnapshot);

beforeAll(async () => {
  simulator = await startSimulator('modem', '--pty', path, '--time-scale', '0.2');
});
afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('says what a text costs, sends it with a report, lists and deletes it', async () => {
  const text = '你好，世界！'.repeat(20);
  expect(dataOf(await json('sms', 'send', '--dry-run', '123', text), z.object({ alphabet: z.string(), parts: z.int() }))).toEqual({
    alphabet: 'ucs2',
    parts: 2,
  });
  const sent = dataOf(await json('sms', 'send', device, lebEurope.msisdn, text, '--report'), textMessage);
  expect(sent).toMatchObject({ state: 'delivered', parts: 2, partsSent: 2, number: lebEurope.msisdn });
  const { messages, storages } = await list();
  expect(storages).toContainEqual({ deviceId: device, name: 'SM', used: 2, total: 10 });
  const received = messages.find(({ direction }) => direction === 'received');
  expect(received).toMatchObject({ text, unread: true, stored: true });
  expect((await list()).messages.map(({ unread }) => unread)).toEqual([false, false]);
  await json('sms', 'delete', device, received?.messageId.slice(0, 8) ?? '');
  const left = await list();
  expect(left.messages.map(({ messageId }) => messageId)).toEqual([sent.messageId]);
  expect(left.storages.every(({ used }) => used === 0)).toBe(true);
  expect(errorOf(await json('sms', 'delete', device, 'ffffffff')).code).toBe('INPUT_INVALID');
  expect(errorOf(await json('sms', 'send', device, 'nobody', 'x')).code).toBe('SMS_NOT_ENCODABLE');
});

it('answers a menu of the network, and leaves it where no answer is given', async () => {
  const replies = z.object({ replies: z.array(ussdReply) });
  expect(dataOf(await json('ussd', device, '*100#', '3'), replies).replies.map(({ state }) => state)).toEqual(['answerExpected', 'done']);
  expect(dataOf(await json('ussd', device, '*100#'), replies).replies).toHaveLength(1);
  expect(dataOf(await json('ussd', device, '*999#'), replies).replies).toEqual([{ state: 'notSupported', text: null }]);
});
