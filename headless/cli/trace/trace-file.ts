import { closeSync, writeSync } from 'node:fs';
import { redactAt, redactCommand, redactJson, redactResponse, redactUrl } from './redact.ts';
import type { TraceEntry, TraceSink } from './trace.ts';

/** JSON lines into an open file. Each line is with the system before the next exchange begins, so that a crash loses none. */
export function createTraceFile(file: number, secrets: boolean): TraceSink {
  return {
    write(entry) {
      writeSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...(secrets ? openly(entry) : redacted(entry)) })}\n`);
    },
    close: () => closeSync(file),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

function openly(entry: TraceEntry): object {
  return entry.kind === 'apdu'
    ? { ...entry, command: hex(entry.command), response: entry.response === null ? null : hex(entry.response) }
    : entry;
}

function redacted(entry: TraceEntry): object {
  switch (entry.kind) {
    case 'apdu':
      return {
        ...entry,
        command: redactCommand(entry.command),
        response: entry.response === null ? null : redactResponse(entry.response),
      };
    case 'at':
      return { ...entry, line: redactAt(entry.line) };
    case 'http':
      return { ...entry, url: redactUrl(entry.url), request: redactJson(entry.request), response: redactJson(entry.response) };
    case 'card':
    case 'port':
      return entry;
    default:
      return entry satisfies never;
  }
}
