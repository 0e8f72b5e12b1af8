import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

export type Paths = {
  readonly dataDir: string;
  /** The built window, the preload and the programs that run beside: all of them as the bundler left them. */
  readonly windowFolder: string;
  readonly preload: string;
  readonly program: (name: 'service' | 'bench') => string;
  readonly icon: string;
};

/** Makes the data folder and moves Chromium's own profile into it. Has to come before the instance lock, which lies in that profile. */
export function preparePaths(dataDir: string): Paths {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', join(dataDir, 'window'));
  const built = join(import.meta.dirname, '..');
  return {
    dataDir,
    windowFolder: join(built, 'renderer'),
    preload: join(built, 'preload', 'index.cjs'),
    program: (name) => join(built, 'main', `${name}.js`),
    icon: join(app.getAppPath(), 'resources', 'icons', 'icon.png'),
  };
}
