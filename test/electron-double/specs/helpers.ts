// What the specs know about the sample application.
import { join } from 'node:path';
import type { Desk } from '../sample/renderer/main.ts';

/** The sample as the bundler leaves it: main, preload and window as they would ship. */
export const sample = join(import.meta.dirname, '../sample');
export const built = join(sample, 'out/main/index.js');

declare global {
  interface Window {
    desk: Desk;
    deskPort: MessagePort;
    bridge: {
      version: number;
      nested: { list: number[] };
      twice(n: number): number;
      later(value: unknown): Promise<{ value: unknown }>;
      fail(): void;
      each(items: number[], callback: (n: number) => number): number[];
      missing(): void;
      sendFunction(): void;
      invoke(channel: string, ...args: unknown[]): Promise<unknown>;
      on(channel: string, listener: (...args: unknown[]) => void): void;
    };
  }
}

/** The globals that the sample's main process offers to its specs. */
export interface SampleGlobals {
  readonly sample: { refused(): number; closedPorts(): number; seal(text: string): Promise<Uint8Array> };
}
