import { createTransport } from 'nodemailer';
import { second } from '../clock.ts';
import type { ServiceConfig } from '../config.ts';

export type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Left of the @ of the Message-ID: the same for a repeated sending, so that a repetition can be recognised. */
  readonly messageId: string;
  readonly replyTo: string | null;
};

/** The server will never take this letter (SMTP 5xx, RFC 5321 §4.2.1): sending again is useless. */
export class MailRefused extends Error {
  constructor(cause: unknown) {
    super('the mail server refused the letter', { cause });
    this.name = 'MailRefused';
  }
}

export type Mailer = { send(letter: Letter): Promise<void>; close(): void };

/** Throws MailRefused for a permanent refusal, any other error for what may work later. */
export function smtpMailer(config: ServiceConfig['mail']): Mailer {
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: 5 * second,
    greetingTimeout: 5 * second,
    socketTimeout: 10 * second,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^@<>\s]+)>?\s*$/.exec(config.from)?.[1] ?? 'localhost';
  return {
    send: async (letter) => {
      try {
        await transport.sendMail({
          from: config.from,
          to: letter.to,
          subject: letter.subject,
          text: letter.text,
          html: letter.html,
          messageId: `<${letter.messageId}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(letter.replyTo === null ? {} : { replyTo: letter.replyTo }),
        });
      } catch (error) {
        const status = (error as { responseCode?: unknown }).responseCode;
        if (typeof status === 'number' && status >= 500) throw new MailRefused(error);
        throw error;
      }
    },
    close: () => transport.close(),
  };
}
