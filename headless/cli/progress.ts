import { plain, styled } from './text.ts';

/** What is going on, on stderr: on a terminal the running step is rewritten in place, elsewhere each step is one plain line. */
export type Progress = {
  begin(step: string): void;
  /** How far the running step is; only a terminal shows it. */
  detail(text: string): void;
  end(outcome: 'done' | 'failed'): void;
  /** A line that stays. */
  note(text: string): void;
};

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let running: string | null = null;
  const rewrite = (text: string): void => void stream.write(`\r\u{1B}[2K${text}`);
  const end = (outcome: 'done' | 'failed'): void => {
    if (running === null) return;
    const mark = outcome === 'done' ? styled('green', '✓', stream) : styled('red', '✗', stream);
    if (stream.isTTY) rewrite(`${mark} ${running}\n`);
    running = null;
  };
  return {
    begin(step) {
      const text = plain(step);
      if (running === text) return;
      end('done');
      running = text;
      if (stream.isTTY) rewrite(`${styled('dim', '…', stream)} ${text}`);
      else stream.write(`${text}\n`);
    },
    detail(text) {
      if (running !== null && stream.isTTY) rewrite(`${styled('dim', '…', stream)} ${running} ${styled('dim', plain(text), stream)}`);
    },
    end,
    note(text) {
      end('done');
      stream.write(`${text}\n`);
    },
  };
}
