import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Native and optional packages are loaded from node_modules at run time; what only the bench needs is bundled with it.
const external = ['electron', 'smartcard', 'serialport', 'better-sqlite3', 'pg'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        external,
        // `service` and `bench` run as utility processes beside the application.
        input: {
          index: resolve('electron/main/index.ts'),
          service: resolve('service/index.ts'),
          bench: resolve('electron/programs/bench.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload has to be CommonJS.
      rolldownOptions: { input: { index: resolve('electron/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // Under the policy of the page nothing may stand inline: no data: fonts, no polyfill that writes a script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve('renderer/index.html') } },
    },
  },
});
