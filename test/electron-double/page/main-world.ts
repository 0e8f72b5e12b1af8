/* oxlint-disable unicorn/consistent-function-scoping -- injected by its source text: what it uses has to be inside */
// The page's side of contextBridge. It runs before the page's own scripts and leaves nothing on `window`
// but what the preload exposes. Injected by its source text: it must not refer to anything outside itself.
import type { createWorldBridge } from './world-bridge.ts';

export function startMainWorld(bridgeEvent: string, createBridge: typeof createWorldBridge): void {
  if (window.parent !== window) return; // preloads run in the main frame only

  function deepFreeze(value: unknown): unknown {
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value; // filled views cannot be frozen
    for (const item of Object.values(value)) deepFreeze(item);
    return Object.freeze(value);
  }

  // A popup that keeps its opener shares the opener's thread, which stands still while the popup waits for its end.
  // Without an opener it does not, and the page sees `null`, as in Electron when the application refuses the window.
  const open = window.open.bind(window);
  window.open = (url, name, features = '') => open(url, name, `${features}${features === '' ? '' : ','}noopener`);

  createBridge(`${bridgeEvent}:to-preload`, `${bridgeEvent}:to-page`, (key, value) => {
    Object.defineProperty(window, key, { value: deepFreeze(value), enumerable: true });
  });
}
