import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export type LebResult = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type RunningLeb = {
  /** Resolves when a line on stderr fits, with that line. */
  untilSaid(fits: RegExp): Promise<string>;
  interrupt(): void;
  readonly ended: Promise<LebResult>;
};

export type LebOptions = { readonly dataDir: string; readonly environment?: Readonly<Record<string, string>>; readonly input?: string };

const program = fileURLToPath(import.meta.resolve('#headless/cli/index.ts'));

/** The real command in a process of its own, with a data folder of its own and English words unless something else is asked for. */
export function startLeb(argv: readonly string[], { dataDir, environment = {}, input }: LebOptions): RunningLeb {
  const child = spawn(process.execPath, [program, ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: dataDir, LANG: 'C.UTF-8', LEB_DATA_DIR: dataDir, LEB_NO_BROWSER: '1', ...environment },
  });
  child.stdin.end(input ?? '');
  let stdout = '';
  let stderr = '';
  let tell: (() => void) | null = null;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
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
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    untilSaid: (fits) =>
      new Promise((resolve, reject) => {
        tell = () => {
          const line = stderr.split('\n').find((said) => fits.test(said));
          if (line !== undefined) resolve(line);
          else if (child.exitCode !== null) reject(new Error(`leb ${argv.join(' ')} never said ${String(fits)}: ${stderr}`));
        };
        tell();
      }),
  };
}

export function runLeb(argv: readonly string[], options: LebOptions): Promise<LebResult> {
  return startLeb(argv, options).ended;
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
