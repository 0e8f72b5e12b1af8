/** The hosted page's own look: quiet, two columns, light and dark by the system's wish. */
export const checkoutStylesheet = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#ffffff, #14181c); --side: light-dark(#f3f5f7, #0f1316); --text: light-dark(#15191d, #e9ecee);
  --muted: light-dark(#535d66, #a5afb7); --border: light-dark(#d5dade, #333b42); --field: light-dark(#ffffff, #1b2025);
  --strong: light-dark(#828c96, #67727c); --accent: light-dark(#0b6481, #57b3d1); --on-accent: light-dark(#ffffff, #04202a);
  --accent-hover: light-dark(#08536c, #74c3dc); --danger: light-dark(#b02419, #f58b80); --danger-soft: light-dark(#fdeae8, #3a1a17);
  --danger-line: light-dark(#f1bdb7, #73312b); --warning: light-dark(#7a4d00, #eab552); --warning-soft: light-dark(#fcf1da, #33270f);
  --warning-line: light-dark(#ebcd8f, #654e1f); --success: light-dark(#17703f, #62c68e);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  font-variant-numeric: tabular-nums; }
h1, h2, p, dl, dd, ul { margin: 0; padding: 0; }
.test { display: flex; flex-wrap: wrap; gap: 4px 12px; justify-content: center; align-items: center; padding: 8px 16px; font-size: 13px; text-align: center;
  background: var(--warning-soft); border-bottom: 1px solid var(--warning-line); color: var(--warning); }
.test strong { border: 1px solid currentcolor; border-radius: 4px; padding: 0 6px; font-weight: 600; }
.checkout { display: grid; grid-template-columns: 1fr 1fr; min-height: calc(100vh - 40px); }
.summary { background: var(--side); border-right: 1px solid var(--border); display: flex; justify-content: flex-end; }
.summary > div { width: 100%; max-width: 440px; padding: 48px 56px 48px 24px; }
.payment > div { width: 100%; max-width: 480px; padding: 48px 24px 48px 56px; }
.back { display: inline-flex; gap: 8px; align-items: center; color: var(--muted); text-decoration: none; font-size: 14px; }
.back:hover { color: var(--text); text-decoration: underline; }
.merchant { margin-top: 28px; font-size: 16px; font-weight: 400; color: var(--muted); }
.amount { font-size: 36px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
.items { margin-top: 28px; border-top: 1px solid var(--border); }
.items > div { display: flex; justify-content: space-between; gap: 24px; padding: 14px 0; border-bottom: 1px solid var(--border); }
.items dt { font-weight: 500; } .items dt small { display: block; font-weight: 400; color: var(--muted); font-size: 13px; }
.items dd { white-space: nowrap; font-weight: 500; } .items .total { border-bottom: 0; font-weight: 600; }
.who { display: flex; justify-content: space-between; gap: 16px; padding: 12px 14px; border: 1px solid var(--border); border-radius: 8px; margin-bottom: 24px; }
.who span { color: var(--muted); }
.notice { display: block; padding: 12px 14px; border: 1px solid var(--danger-line); border-radius: 8px; background: var(--danger-soft); margin-bottom: 24px; }
.notice strong { display: block; color: var(--danger); font-weight: 600; }
button { width: 100%; height: 44px; border: 1px solid transparent; border-radius: 8px; font: inherit; font-weight: 600; cursor: pointer;
  background: var(--accent); color: var(--on-accent); }
button:hover { background: var(--accent-hover); }
button:focus-visible, input:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.paypal { background: #ffc439; color: #16294f; } button.paypal:hover { background: #f2ba36; }
button.paypal i { font-style: italic; font-weight: 800; color: #003087; }
button.plain { background: transparent; color: var(--text); border-color: var(--strong); font-weight: 500; }
button.plain:hover { background: var(--side); }
.or { display: flex; align-items: center; gap: 16px; margin: 24px 0; font-size: 14px; font-weight: 400; color: var(--muted); }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--border); }
form .row { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.field { display: block; margin-bottom: 16px; }
.field label { display: block; font-size: 14px; font-weight: 500; margin-bottom: 6px; }
.field input { width: 100%; height: 44px; padding: 0 12px; border: 1px solid var(--strong); border-radius: 8px; background: var(--field); color: inherit; font: inherit; }
.field input::placeholder { color: var(--muted); opacity: .8; }
.field input[aria-invalid="true"] { border-color: var(--danger); box-shadow: 0 0 0 1px var(--danger); }
.field em { display: block; font-style: normal; font-size: 13px; color: var(--danger); margin-top: 6px; }
.safe { display: flex; gap: 8px; align-items: center; justify-content: center; margin-top: 16px; font-size: 13px; color: var(--muted); }
details { margin-top: 24px; border: 1px dashed var(--warning-line); border-radius: 8px; font-size: 14px; }
summary { padding: 10px 14px; cursor: pointer; color: var(--warning); font-weight: 500; }
details p { padding: 0 14px 10px; color: var(--muted); font-size: 13px; }
details table { width: 100%; border-collapse: collapse; } details td { padding: 6px 14px; border-top: 1px solid var(--border); font-size: 13px; }
details td:first-child { white-space: nowrap; font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; }
.sheet { width: calc(100% - 32px); max-width: 440px; margin: 8vh auto; padding: 32px; border: 1px solid var(--border); border-radius: 12px; }
.sheet h1 { font-size: 22px; line-height: 1.35; margin-bottom: 8px; } .sheet p { color: var(--muted); margin-bottom: 24px; }
.sheet .amount { color: var(--text); margin: 12px 0 20px; } .sheet form + form { margin-top: 12px; }
.sheet a.button { display: block; text-align: center; line-height: 42px; border: 1px solid var(--strong); border-radius: 8px; color: inherit; text-decoration: none; }
.brand { display: inline-block; font-size: 24px; font-style: italic; font-weight: 800; color: light-dark(#003087, #8fb4ff); margin-bottom: 20px; }
.mark { display: block; font-size: 28px; line-height: 1; margin-bottom: 16px; } .mark.good { color: var(--success); } .mark.bad { color: var(--danger); }
@media (max-width: 860px) {
  .checkout { grid-template-columns: 1fr; min-height: 0; } .summary { border-right: 0; border-bottom: 1px solid var(--border); justify-content: center; }
  .payment { display: flex; justify-content: center; } .summary > div, .payment > div { max-width: 480px; padding: 28px 20px; }
}
`;
