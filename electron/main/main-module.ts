import { app } from 'electron';

/** A part of the main process. `index.ts` lists them: they come up in that order and go down in the opposite one. */
export type MainModule = {
  /** After Electron's `ready`. What takes long is begun here, not waited for. */
  readonly onReady?: () => void;
  /** Before the process ends, with a deadline for all of them together. */
  readonly onQuit?: () => void | Promise<void>;
};

const quitDeadlineMs = 8000;

/**
 * Runs the modules for the life of the application. The quit is held until every module has ended: windows first, then the
 * application, whose embedded programs must not be left behind.
 */
export function runModules(modules: readonly MainModule[], onFailure: (error: unknown) => void): void {
  let phase: 'running' | 'quitting' | 'over' = 'running';
  app.on('before-quit', (event) => {
    if (phase === 'over') return;
    event.preventDefault();
    if (phase === 'quitting') return;
    phase = 'quitting';
    void goDown(modules).finally(() => {
      phase = 'over';
      app.quit();
    });
  });
  void app.whenReady().then(() => {
    try {
      for (const module of modules) module.onReady?.();
    } catch (error) {
      onFailure(error);
    }
    return undefined;
  });
}

async function goDown(modules: readonly MainModule[]): Promise<void> {
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, quitDeadlineMs).unref());
  const inOrder = async (): Promise<void> => {
    for (const module of modules.toReversed()) {
      try {
        await module.onQuit?.();
      } catch (error) {
        // One part that cannot end well must not keep the others from ending.
        console.error(error);
      }
    }
  };
  await Promise.race([inOrder(), deadline]);
}
