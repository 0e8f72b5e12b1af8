import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { z } from 'zod';
import { runCli } from '#headless/cli/run-cli.ts';

export type LebResult = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type RunningLeb = {
  /** Resolves when a line on stderr fits, with that line. */
  untilSaid(fits: RegExp): Promise<string>;
  /** The same on stdout. */
  untilPrinted(fits: RegExp): Promise<string>;
  interrupt(): void;
  readonly ended: Promise<LebResult>;
};

export type LebOptions = { readonly dataDir: string; readonly environment?: Readonly<Record<string, string>>; readonly input?: string };

const program = fileURLToPath(import.meta.resolve('#headless/cli/index.ts'));

/** The real command in a process of its own, with a data folder of its own and English words unless something else is asked for. */
export function startLeb(argv: readonly string[], options: LebOptions): RunningLeb {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['pipe', 'pipe', 'pipe'], env: environmentOf(options) });
  child.stdin.end(options.input ?? '');
  let stdout = '';
  let stderr = '';
  let tell: (() => void) | null = null;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    tell?.();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    tell?.();
  });
  const ended = new Promise<LebResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      tell?.();
      resolve({ status, stdout, stderr });
    });
  });
  const until = (text: () => string, fits: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      tell = () => {
        const line = text()
          .split('\n')
          .find((said) => fits.test(said));
        if (line !== undefined) resolve(line);
        else if (child.exitCode !== null) reject(new Error(`leb ${argv.join(' ')} never said ${String(fits)}: ${stderr}`));
      };
      tell();
    });
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    untilSaid: (fits) => until(() => stderr, fits),
    untilPrinted: (fits) => until(() => stdout, fits),
  };
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * The command from its words to its exit status, in this process: starting one takes longer than most commands do. What it says is caught as
 * it is written. A command that reads from stdin gets a process of its own; one at a time, for the process has one environment.
 */
export function runLeb(argv: readonly string[], options: LebOptions): Promise<LebResult> {
  if ((options.input ?? '') !== '') return startLeb(argv, options).ended;
  const result = turn.then(() => runHere(argv, options));
  turn = result.catch(() => undefined);
  return result;
}

async function runHere(argv: readonly string[], options: LebOptions): Promise<LebResult> {
  const environment = process.env;
  const said = { stdout: '', stderr: '' };
  const streams = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk: Uint8Array | string, ...rest: readonly unknown[]) => {
      said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      const written = rest.at(-1);
      if (typeof written === 'function') written();
      return true;
    }),
  );
  process.env = environmentOf(options);
  try {
    return { status: await runCli(argv), ...said };
  } finally {
    for (const stream of streams) stream.mockRestore();
    process.env = environment;
  }
}

function environmentOf({ dataDir, environment = {} }: LebOptions): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: dataDir, LANG: 'C.UTF-8', LEB_DATA_DIR: dataDir, LEB_NO_BROWSER: '1', ...environment };
}

const failureShape = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string().min(1), remedy: z.string(), details: z.record(z.string(), z.unknown()) }),
});

/** The data of a command that succeeded; everything on stdout has to be that one document. */
export function dataOf<Shape extends z.ZodType>({ status, stdout, stderr }: LebResult, shape: Shape): z.infer<Shape> {
  if (status !== 0) throw new Error(`exit status ${status}: ${stdout}${stderr}`);
  return shape.parse(z.strictObject({ ok: z.literal(true), data: z.unknown() }).parse(JSON.parse(stdout)).data);
}

/** The error document of a command that failed. */
export function errorOf({ stdout }: LebResult): z.infer<typeof failureShape>['error'] {
  return failureShape.parse(JSON.parse(stdout)).error;
}
