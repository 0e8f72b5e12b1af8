import { html, htmlPage, type Markup, textWithLinks } from '#simulator/bench/html.ts';
import type { InboxMessage, InboxSms } from './inbox.ts';

export const inboxStylesheetPath = '/assets/inbox.css';

/** What arrived, newest first, for a person to read. */
export function inboxPage(messages: readonly InboxMessage[], sms: readonly InboxSms[]): string {
  return htmlPage({
    language: 'en',
    title: `Inbox (${messages.length})`,
    stylesheet: inboxStylesheetPath,
    body: html`<p class="test">Test bench: mail and text messages end here and reach nobody.</p>
      <main>
        <h1>Inbox</h1>
        <p>Mails: ${messages.length} · Text messages: ${sms.length}</p>
        ${messages.length === 0 ? html`<p class="empty">No mail has arrived.</p>` : messages.toReversed().map(messageCard)}
        ${
          sms.length === 0
            ? null
            : html`<h2>Text messages</h2>
                ${sms.toReversed().map(smsCard)}`
        }
      </main>`,
  });
}

function messageCard(message: InboxMessage): Markup {
  return html`<article>
    <header>
      <h3>${message.subject}</h3>
      <time datetime="${message.receivedAt}">${shortTime(message.receivedAt)}</time>
      <p>${message.from} → ${message.to.join(', ')}</p>
    </header>
    <pre>${textWithLinks(message.text)}</pre>
  </article> `;
}

function smsCard(sms: InboxSms): Markup {
  return html`<article>
    <header>
      <h3>${sms.to}</h3>
      <time datetime="${sms.receivedAt}">${shortTime(sms.receivedAt)}</time>
    </header>
    <pre>${textWithLinks(sms.text)}</pre>
  </article> `;
}

function shortTime(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
