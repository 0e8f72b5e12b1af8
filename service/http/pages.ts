/** The few pages that people see in their browser. No script, nothing from elsewhere, nothing inline. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Language } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import english from '#resources/locales/en/pages.json' with { type: 'json' };
import chinese from '#resources/locales/zh-CN/pages.json' with { type: 'json' };
import { minimumPasswordLength } from '../accounts/password.ts';
import { findReset, redeemReset, resetMinutes } from '../accounts/password-resets.ts';
import { escapeHtml, fill } from '../mail/words.ts';
import type { Parts } from '../parts.ts';

const stylesheet = `:root{color-scheme:light dark;--back:#f4f5f7;--card:#ffffff;--text:#1c2430;--quiet:#5b6472;--line:#c8ced6;--accent:#0f4c81;--on:#ffffff;--bad:#a4262c}
@media (prefers-color-scheme:dark){:root{--back:#14181e;--card:#1e242c;--text:#e8ecf1;--quiet:#a5afbb;--line:#4a5562;--accent:#8ec5f4;--on:#0b1a28;--bad:#ff9a9f}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--back);color:var(--text);font:17px/1.55 system-ui,"Noto Sans SC","Noto Sans CJK SC",sans-serif}
main{width:100%;max-width:460px;padding:32px;background:var(--card);border-radius:14px}
.brand{margin:0 0 20px;color:var(--quiet);font-weight:600;letter-spacing:.06em}h1{margin:0 0 12px;font-size:1.4rem;line-height:1.3}p{margin:0 0 12px}
label{display:block;margin:20px 0 6px;font-weight:600}input{width:100%;padding:11px 12px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
input:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.hint{margin:6px 0 20px;color:var(--quiet);font-size:.9rem}.bad{color:var(--bad);font-weight:600}
button{padding:11px 20px;border:0;border-radius:8px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}`;

const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function pageLanguage(request: FastifyRequest): Language {
  // The first language that we have wins; the order of the header is the order of preference in every browser.
  for (const part of (request.headers['accept-language'] ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? '';
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return 'en';
}

function wordsOf(request: FastifyRequest): typeof english {
  return pageLanguage(request) === 'zh-CN' ? chinese : english;
}

function sendPage(reply: FastifyReply, language: Language, status: number, title: string, content: string): FastifyReply {
  const words = language === 'zh-CN' ? chinese : english;
  return reply
    .status(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'accept-language',
    })
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/pages.css"></head><body><main><p class="brand">${escapeHtml(words.brand)}</p><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`,
    );
}

function paragraph(text: string, className = ''): string {
  return `<p${className === '' ? '' : ` class="${className}" role="alert"`}>${escapeHtml(text)}</p>`;
}

const resetQuery = z.object({ token: z.string().regex(/^[\w-]{20,200}$/) });
const resetForm = resetQuery.extend({ password: z.string().max(256) });
const returnQuery = z.object({ cancelled: z.string().optional() });

function sendInvalid(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const words = wordsOf(request).reset;
  return sendPage(reply, pageLanguage(request), 410, words.invalidTitle, paragraph(fill(words.invalidText, { minutes: resetMinutes })));
}

function sendForm(request: FastifyRequest, reply: FastifyReply, token: string, complaint: string | null): FastifyReply {
  const words = wordsOf(request).reset;
  const hint = fill(words.hint, { minimum: minimumPasswordLength });
  return sendPage(
    reply,
    pageLanguage(request),
    complaint === null ? 200 : 422,
    words.title,
    `${complaint === null ? '' : paragraph(complaint, 'bad')}<form method="post" action="/reset-password"><input type="hidden" name="token" value="${escapeHtml(token)}"><label for="password">${escapeHtml(words.label)}</label><input id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="hint"><p class="hint" id="hint">${escapeHtml(hint)}</p><button type="submit">${escapeHtml(words.button)}</button></form>`,
  );
}

/** `/return`, `/reset-password` and their stylesheet. */
export function pages(parts: Parts): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4096 }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    app.get('/pages.css', (_request, reply) =>
      reply
        .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600', 'x-content-type-options': 'nosniff' })
        .send(stylesheet),
    );

    // The address says only where the person came from; whether it was paid is never read from it.
    app.get('/return', (request, reply) => {
      const words = wordsOf(request).returned;
      const cancelled = returnQuery.safeParse(request.query).data?.cancelled !== undefined;
      return cancelled
        ? sendPage(reply, pageLanguage(request), 200, words.cancelledTitle, paragraph(words.cancelledText))
        : sendPage(reply, pageLanguage(request), 200, words.title, paragraph(words.text));
    });

    // Looking does not use the link up: mail scanners follow every link.
    app.get('/reset-password', async (request, reply) => {
      const query = resetQuery.safeParse(request.query);
      if (!query.success || (await findReset(parts.database, query.data.token)) === null) return sendInvalid(request, reply);
      return sendForm(request, reply, query.data.token, null);
    });

    app.post('/reset-password', async (request, reply) => {
      const body = resetForm.safeParse(request.body);
      if (!body.success) return sendInvalid(request, reply);
      const words = wordsOf(request).reset;
      try {
        await redeemReset(parts, body.data.token, body.data.password, request.ip);
      } catch (error) {
        if (!(error instanceof LebError)) throw error;
        if (error.code === 'RESET_LINK_INVALID') return sendInvalid(request, reply);
        if (error.code === 'TOO_MANY_ATTEMPTS')
          return sendPage(reply, pageLanguage(request), 429, words.busyTitle, paragraph(words.busyText));
        if (error.code !== 'PASSWORD_WEAK') throw error;
        const complaint = error.details['reason'] === 'short' ? fill(words.short, { minimum: minimumPasswordLength }) : words.common;
        return sendForm(request, reply, body.data.token, complaint);
      }
      return sendPage(reply, pageLanguage(request), 200, words.doneTitle, paragraph(words.doneText));
    });

    app.setErrorHandler((error, request, reply) => {
      parts.log.error({ err: error }, 'a page failed');
      const words = wordsOf(request).failed;
      return sendPage(reply, pageLanguage(request), 500, words.title, paragraph(words.text));
    });
  };
}
