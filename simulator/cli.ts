import { UsageError } from './usage-error.ts';

/** `npm run simulator -- PROGRAM …`: each part of the bench alone, or all of it. */
type Program = { run(argv: readonly string[]): Promise<void> };

const programs: Readonly<Record<string, string>> = {
  bench: './bench/cli.ts',
  euicc: './euicc/cli.ts',
  modem: './modem/cli.ts',
  stripe: './stripe/cli.ts',
  mail: './mail/cli.ts',
  carrier: './carrier/cli.ts',
  smdp: './smdp/cli.ts',
  smds: './smds/cli.ts',
};

const [name = '', ...argv] = process.argv.slice(2);
const path = Object.hasOwn(programs, name) ? programs[name] : undefined;
if (path === undefined) {
  process.stderr.write(`Usage: simulator ${Object.keys(programs).join('|')} …\n`);
  process.exitCode = 2;
} else {
  try {
    // Loaded only when asked for: a virtual card needs nothing of the payment pages.
    const program = (await import(path)) as Program;
    await program.run(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = isUsageError(error) ? 2 : 1;
  }
}

function isUsageError(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
}
