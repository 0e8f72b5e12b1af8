import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from '#simulator/usage-error.ts';

/** `parseArgs` whose complaints are usage errors. */
export function readOptions<const Options extends ParseArgsOptionsConfig>(argv: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A TCP port, or null when the option was not given. */
export function readPort(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--${name} wants a port between 0 and 65535, not "${text}".`);
  return port;
}

/** An http(s) address, or null when the option was not given. */
export function readUrl(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!isHttpUrl(text)) throw new UsageError(`--${name} wants an http or https address, not "${text}".`);
  return text;
}

export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
