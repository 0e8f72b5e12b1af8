import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { pageHeaders } from '#simulator/bench/html.ts';
import { listStylesheet } from '#simulator/bench/list-stylesheet.ts';
import { createPeerServer, listenOnLoopback, listenOnRememberedPort } from '#simulator/bench/peer-server.ts';
import { openInbox, smsInput } from './inbox.ts';
import { inboxPage, inboxStylesheetPath } from './inbox-page.ts';

export type MailOptions = {
  readonly stateDir: string | null;
  /** Of SMTP; null: the port of the last start, or any. */
  readonly port?: number | null;
  /** Of the inbox; null likewise. */
  readonly inboxPort?: number | null;
};

export type MailSink = { readonly smtpUrl: string; readonly inboxUrl: string; close(): Promise<void> };

const largestMail = 10 * 1024 * 1024;

/** Starts an SMTP server on loopback that takes every mail and delivers none, and the inbox in which they can be read. */
export async function startMail(options: MailOptions): Promise<MailSink> {
  const inbox = openInbox(options.stateDir);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: largestMail,
    socketTimeout: 30_000,
    closeTimeout: 250, // A client that keeps its connection open does not keep the bench open.
    logger: false,
    onData(stream, session, callback) {
      void (async () => callback(await keepMail(stream, session)))();
    },
  });
  // A client that vanishes in the middle is its own affair.
  smtp.on('error', () => undefined);

  const server = createPeerServer();
  server.get('/', async (_request, reply) => reply.headers(pageHeaders).send(inboxPage(inbox.messages(), inbox.sms())));
  server.get(inboxStylesheetPath, async (_request, reply) => reply.type('text/css; charset=utf-8').send(listStylesheet));
  server.get('/messages', async () => inbox.messages());
  server.delete('/messages', async (_request, reply) => {
    inbox.clear();
    return reply.code(204).send();
  });
  server.get('/sms', async () => inbox.sms());
  server.post('/sms', async (request, reply) => {
    const sms = smsInput.safeParse(request.body);
    if (!sms.success) return reply.code(400).send({ error: { code: 'invalid', message: 'A message has key, to and text.' } });
    const fresh = inbox.receiveSms(sms.data, new Date().toISOString());
    return reply.code(fresh ? 201 : 200).send({ received: true });
  });

  /** Null when the mail is kept: only then is it acknowledged. */
  async function keepMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    try {
      const mail = await simpleParser(stream, { skipTextToHtml: true });
      if (stream.sizeExceeded) return Object.assign(new Error('Mail too large'), { responseCode: 552 });
      inbox.receive({
        to: session.envelope.rcptTo.map((recipient) => recipient.address),
        from: mail.from?.value[0]?.address ?? (session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address),
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: typeof mail.html === 'string' ? mail.html : null,
        headers: { messageId: mail.messageId ?? null, date: mail.date?.toISOString() ?? null },
        receivedAt: new Date().toISOString(),
      });
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  try {
    const smtpPort = await listenOnRememberedPort(inbox.state, 'smtpPort', options.port ?? null, async (port) => listenSmtp(smtp, port));
    const inboxUrl = await listenOnLoopback(server, inbox.state, options.inboxPort ?? null);
    return { smtpUrl: `smtp://127.0.0.1:${smtpPort}`, inboxUrl, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    await new Promise<void>((resolve) => {
      smtp.close(() => resolve());
    });
    await server.close();
    inbox.close();
  }
}

async function listenSmtp(smtp: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(error);
    smtp.server.once('error', fail);
    smtp.server.listen(port, '127.0.0.1', () => {
      smtp.server.off('error', fail);
      resolve((smtp.server.address() as AddressInfo).port);
    });
  });
}
