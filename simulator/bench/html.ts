/** Text that is HTML already. Everything else that is put into a page is escaped. */
export type Markup = { readonly markup: string };
export type HtmlValue = string | number | Markup | readonly Markup[] | null;

/** A template tag: what is put in is escaped, unless it is itself the result of this tag. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup {
  return { markup: parts.map((part, index) => part + (index < values.length ? render(values[index] ?? null) : '')).join('') };
}

function render(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('markup' in value) return value.markup;
  return value.map((piece) => piece.markup).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Plain text with its line breaks kept and its http(s) addresses made clickable. */
export function textWithLinks(text: string): Markup {
  const pieces = text.split(/(https?:\/\/[^\s<>"']+)/);
  return {
    markup: pieces
      .map((piece, index) =>
        index % 2 === 1 ? `<a href="${escapeHtml(piece)}" rel="noreferrer">${escapeHtml(piece)}</a>` : escapeHtml(piece),
      )
      .join(''),
  };
}

export type PageFrame = { readonly language: string; readonly title: string; readonly stylesheet: string; readonly body: Markup };

/** A whole document that needs no script and nothing from outside. */
export function htmlPage(frame: PageFrame): string {
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${frame.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${frame.stylesheet}" />
      </head>
      <body>
        ${frame.body}
      </body>
    </html> `.markup;
}

/** Headers of every page: nothing is loaded but our own stylesheet, nothing is kept in caches, nobody frames it. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;
