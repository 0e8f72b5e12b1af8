import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import type { InboxMessage, InboxSms } from './inbox.ts';
import { startMail } from './server.ts';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(stateDir: string | null = null) {
  const mail = await startMail({ stateDir });
  undo.push(() => mail.close());
  return mail;
}

async function readJson<Body>(url: string): Promise<Body> {
  return (await (await fetch(url)).json()) as Body;
}

test('a mail with both parts arrives parsed, its own Message-ID kept, and can be read as a page', async () => {
  const mail = await start();
  const transport = createTransport(mail.smtpUrl);
  undo.push(() => transport.close());
  await transport.sendMail({
    from: 'LEB <service@leb.example>',
    to: 'sample@leb.example',
    subject: '续订已确认 <1>',
    text: 'Paid: €39.90\nhttps://leb.example/o?id=1',
    html: '<p>Paid: <b>€39.90</b></p>',
    messageId: '<ord_1.renewed@leb.example>',
  });
  const messages = await readJson<InboxMessage[]>(`${mail.inboxUrl}/messages`);
  expect(messages).toMatchObject([
    {
      to: ['sample@leb.example'],
      from: 'service@leb.example',
      subject: '续订已确认 <1>',
      text: 'Paid: €39.90\nhttps://leb.example/o?id=1',
      headers: { messageId: '<ord_1.renewed@leb.example>' },
    },
  ]);
  expect(messages[0]?.html).toContain('<b>€39.90</b>');
  const page = await (await fetch(`${mail.inboxUrl}/`)).text();
  expect(page).toContain('续订已确认 &lt;1&gt;');
  expect(page).toContain('<a href="https://leb.example/o?id=1"');

  expect((await fetch(`${mail.inboxUrl}/messages`, { method: 'DELETE' })).status).toBe(204);
  expect(await readJson(`${mail.inboxUrl}/messages`)).toEqual([]);
});

test('a client that hangs up in the middle leaves nothing, and the next one is served', async () => {
  const mail = await start();
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(mail.smtpUrl).port), '127.0.0.1', () => {
      socket.write('EHLO x\r\nMAIL FROM:<a@leb.example>\r\nRCPT TO:<b@leb.example>\r\nDATA\r\nSubject: half');
      setTimeout(() => socket.destroy(), 50);
    });
    socket.on('close', () => resolve());
  });
  const transport = createTransport(mail.smtpUrl);
  undo.push(() => transport.close());
  await transport.sendMail({ from: 'a@leb.example', to: 'b@leb.example', subject: 'whole', text: 'x' });
  expect((await readJson<InboxMessage[]>(`${mail.inboxUrl}/messages`)).map((message) => message.subject)).toEqual(['whole']);
});

test('a text message is kept once by its key; mail and texts survive a restart at the same addresses', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'leb-mail-'));
  undo.push(() => rmSync(stateDir, { recursive: true, force: true }));
  const before = await startMail({ stateDir });
  // Not kept alive: the pool would hand the closed connection to the next server on the same port.
  const headers = { 'Content-Type': 'application/json', Connection: 'close' };
  const post = async (body: object) => fetch(`${before.inboxUrl}/sms`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect((await post({ key: 'k', to: '+447700900482', text: 'Renewed.' })).status).toBe(201);
  expect((await post({ key: 'k', to: '+447700900482', text: 'Renewed.' })).status).toBe(200);
  expect((await post({ to: '+447700900482' })).status).toBe(400);
  await before.close();

  const after = await start(stateDir);
  expect({ smtp: after.smtpUrl, inbox: after.inboxUrl }).toEqual({ smtp: before.smtpUrl, inbox: before.inboxUrl });
  expect(await readJson<InboxSms[]>(`${after.inboxUrl}/sms`)).toMatchObject([{ to: '+447700900482', text: 'Renewed.' }]);
});
