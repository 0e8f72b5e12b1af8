import type { RouterClient } from '@orpc/server';
import type { DeskRouter } from '#core/router.ts';
import type { Progress } from './progress.ts';
import type { Words } from './words.ts';

export type Desk = RouterClient<DeskRouter>;

/** The options that every command takes. */
export type GlobalOptions = {
  readonly json: boolean;
  readonly lang: 'en' | 'zh-CN' | null;
  readonly dataDir: string | null;
  readonly simulate: boolean;
  readonly trace: string | null;
  readonly traceSecrets: boolean;
  readonly serial: readonly string[];
  /** Paths of files with roots that profile servers may chain to besides the GSMA's. */
  readonly ca: readonly string[];
};

/** Which hardware a command touches: none, everything, or the one device that was named. */
export type Reach = 'none' | 'all' | { readonly deviceId: string };

export type Terminal = {
  readonly words: Words;
  readonly options: GlobalOptions;
  readonly progress: Progress;
  /** Aborts when the person presses Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Opens the application; once in a command. `openPages`: whether a payment page may be opened in the browser. */
  open(reach: Reach, options?: { readonly openPages: () => boolean }): Promise<OpenedDesk>;
};

export type OpenedDesk = {
  readonly desk: Desk;
  /** How many transports report; the devices are known once each of them has. */
  readonly transports: number;
};

/**
 * What a command that succeeded gives: `data` for `--json`, `text` for people (empty: nothing is printed). `streamed`: it has written one
 * document a line itself, since its input has no end that could be waited for; `streamedFailures`: and one of them tells of a failure.
 */
export type Outcome = { readonly data: unknown; readonly text: string } | 'streamed' | 'streamedFailures';
