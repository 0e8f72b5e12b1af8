// Loaded with `node --import`. Resolves the bare module 'electron' to the double, for import and for require alike.
import { registerHooks } from 'node:module';

const double = new URL('./main/electron.ts', import.meta.url).href;
const names = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier) ? { url: double, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});

// Applications tell by these that they run in Electron.
Object.defineProperty(process.versions, 'electron', { value: '45.0.0-double', enumerable: true });
Object.defineProperty(process.versions, 'chrome', { value: '0.0.0.0', enumerable: true });
Object.defineProperty(process, 'type', { value: 'browser' });
