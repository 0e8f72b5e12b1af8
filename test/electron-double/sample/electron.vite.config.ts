import { join } from 'node:path';
import { defineConfig } from 'electron-vite';

const sources = import.meta.dirname;
const outDir = (part: string): string => join(sources, 'out', part);

// Everything is bundled, oRPC too: the sample has no packages of its own.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: outDir('main'),
      rolldownOptions: { input: { index: join(sources, 'main/index.ts'), utility: join(sources, 'main/utility.ts') } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: outDir('preload'),
      rolldownOptions: { input: { index: join(sources, 'preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: join(sources, 'renderer'),
    build: { outDir: outDir('renderer'), rolldownOptions: { input: { index: join(sources, 'renderer/index.html') } } },
  },
});
