import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { instantNow } from './clock.ts';

/** The application's own log: what surprised us, for a problem report. Identifiers and secrets never reach the file. */
export type Log = {
  warn(event: string, details?: Readonly<Record<string, unknown>>): void;
  error(event: string, error: unknown): void;
};

const largestFile = 1024 * 1024;

/** JSON lines in `<dataDir>/companion.log`; the former file is kept once when it has grown over 1 MiB. A full or read-only disk is not an error. */
export function createLog(dataDir: string): Log {
  const path = join(dataDir, 'companion.log');
  const write = (level: string, event: string, details: unknown): void => {
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestFile) renameSync(path, `${path}.1`);
      appendFileSync(path, `${redact(JSON.stringify({ at: instantNow(), level, event, details }))}\n`, { mode: 0o600 });
    } catch {
      // A log that cannot be written must not take the application with it.
    }
  };
  return {
    warn: (event, details = {}) => write('warn', event, details),
    error: (event, error) => write('error', event, describe(error)),
  };
}

/**
 * Takes out what identifies a person, a chip or a device: runs of ten or more digits (EID, ICCID, IMSI, IMEI, MSISDN) keep their last
 * two, activation codes (SGP.22 v2.5 §4.1), bearer tokens, long hexadecimal or base64url runs and e-mail addresses go.
 */
export function redact(text: string): string {
  return text
    .replace(/(LPA:)?1\$[^\s"\\]+/gi, '[activation code]')
    .replace(/("(?:token|password|confirmationCode|claimCode)":")[^"]*/gi, '$1[secret]')
    .replace(/\b(Bearer|token=|password=)(\s*)[^\s"',}\\]+/gi, '$1$2[secret]')
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[address]')
    .replace(/\d{8,}(?=\d{2})/g, '…')
    .replace(/[A-Za-z0-9_-]{32,}/g, '[secret]');
}

function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : { thrown: typeof error };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack?.split('\n').slice(1, 8),
    ...(error.cause !== undefined && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  };
}
