/** What a shell (Electron, web, terminal) gives to the application. The application knows nothing else of the world around it. */
import type { Language } from '#contract/common.ts';
import type { CardTransport } from '#native/transport/card-transport.ts';
import type { SerialTransport } from '#native/transport/serial-transport.ts';

/** Where secrets (the account's session token) are kept, always encrypted at rest or not at rest at all. */
export type SecretStore = {
  readonly kind: 'system' | 'loginSession' | 'memory';
  read(name: string): Promise<string | null>;
  write(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
};

/** A program of ours that runs beside the application: the embedded account service, or the peers of the virtual bench. */
export type ChildProcess = {
  /** Resolves with the one JSON line that the child prints when it is ready. Rejects if it ends before that. */
  readonly ready: Promise<unknown>;
  /** Resolves when the child has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};
export type StartProcess = (program: 'service' | 'bench', environment: Readonly<Record<string, string>>) => ChildProcess;

export type Shell = {
  readonly kind: 'electron' | 'web' | 'cli';
  readonly version: string;
  /** Absolute path of a folder that exists. */
  readonly dataDir: string;
  readonly systemLanguage: Language;
  /** Real and virtual alike. */
  readonly cardTransports: readonly CardTransport[];
  readonly serialTransports: readonly SerialTransport[];
  readonly virtualBench: boolean;
  /** PEM of roots that SM-DP+ servers may chain to besides the GSMA's. */
  readonly extraRoots: readonly string[];
  readonly secrets: SecretStore;
  /** A remote account service, or null: the embedded one is started with `startProcess`. */
  readonly accountServiceUrl: string | null;
  readonly startProcess: StartProcess;
  /** Opens an https (or, of the embedded trial, loopback http) address in the system's browser; false where there is none. */
  openExternal(url: string): Promise<boolean>;
};
