/** The look of the bench's own pages: a plain list that follows the system's light or dark. */
export const listStylesheet = `
:root { color-scheme: light dark;
  --canvas: light-dark(#f5f6f7, #111417); --surface: light-dark(#ffffff, #181c20); --text: light-dark(#14181c, #e9ecee);
  --muted: light-dark(#535d66, #a5afb7); --border: light-dark(#dfe3e6, #2a3036); --accent: light-dark(#0b6481, #67bfdb);
  --warning: light-dark(#7a4d00, #eab552); --warning-soft: light-dark(#fcf1da, #33270f); --warning-line: light-dark(#ebcd8f, #654e1f); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font-variant-numeric: tabular-nums;
  font: 14px/1.57 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.test { margin: 0; padding: 8px 16px; text-align: center; font-size: 13px; background: var(--warning-soft); color: var(--warning); border-bottom: 1px solid var(--warning-line); }
main { max-width: 760px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { font-size: 20px; margin: 0 0 4px; } h1 + p { margin: 0 0 24px; color: var(--muted); }
h2 { font-size: 16px; margin: 32px 0 12px; }
article { background: var(--surface); border: 1px solid var(--border); border-radius: 10px; margin-bottom: 12px; overflow: hidden; }
article header { display: grid; grid-template-columns: 1fr auto; gap: 0 16px; padding: 12px 16px; border-bottom: 1px solid var(--border); }
article h3 { margin: 0; font-size: 14px; font-weight: 600; } article header p { margin: 0; color: var(--muted); font-size: 13px; }
article time { color: var(--muted); font-size: 13px; }
article pre { margin: 0; padding: 14px 16px; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--accent); } .empty { padding: 40px 16px; text-align: center; color: var(--muted); border: 1px dashed var(--border); border-radius: 10px; }
`;
