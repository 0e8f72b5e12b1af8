import { splitCommandLine } from '../at/command-line.ts';
import { createScriptedPort, type ScriptedPort, type ScriptedPortOptions } from '../at/scripted-port.fixture.ts';
import { usualModemTimings, type ModemTimings } from './timings.ts';

/** The same proportions as the usual ones, a hundred times faster. */
export const quickTimings: ModemTimings = {
  ...usualModemTimings,
  channel: { quietMs: 10, gapMs: 1, pingMs: 40, heldPollMs: 60, promptMs: 100 },
  probeMs: 40,
  noticeMs: 150,
  readyMs: 200,
  settleMs: 80,
  pollMs: 20,
  deniedMs: 200,
  cardMs: 300,
  longCardMs: 400,
  busyMs: 100,
  cardRestMs: 10,
};

export type ScriptedModem = ScriptedPort & {
  /** What each single command answers: lines, then a final result; a missing one is an error. Changed by tests as they go. */
  readonly answers: Map<string, string>;
};

/** A Quectel-like modem that answers from a table, several commands on a line too, and stops at the first error as V.250 wants it. */
export function createScriptedModem(
  answers: Readonly<Record<string, string>> = {},
  options: ScriptedPortOptions & {
    readonly combines?: boolean;
    respond?(part: string): string | undefined;
    /** The whole answer to a line, prompts too; null: silence. */
    raw?(line: string): string | null | undefined;
  } = {},
): ScriptedModem {
  const table = new Map(Object.entries({ ...usualAnswers, ...answers }));
  const port = createScriptedPort((line) => {
    const raw = options.raw?.(line);
    if (raw !== undefined) return raw;
    const parts = splitCommandLine(line);
    if (parts.length > 1 && options.combines === false) return '\r\nERROR\r\n';
    let text = '';
    for (const part of parts) {
      const answer = options.respond?.(part) ?? table.get(part) ?? 'ERROR';
      if (answer === 'SILENCE') return null;
      if (/^(?:ERROR|\+CM[ES] ERROR: .*)$/.test(answer)) return `${text}\r\n${answer}\r\n`;
      if (answer !== 'OK')
        text += answer
          .split('\n')
          .map((one) => `\r\n${one}\r\n`)
          .join('');
    }
    return `${text}\r\nOK\r\n`;
  }, options);
  return { ...port, answers: table };
}

export const usualAnswers: Readonly<Record<string, string>> = {
  E1: 'OK',
  '+CMEE=1': 'OK',
  '+CREG=2': 'OK',
  '+CEREG=2': 'OK',
  '+CGMI': 'Quectel',
  '+CGMM': 'EG25',
  '+CGMR': 'EG25GGBR07A08M2G',
  '+CGSN': '866758040000003',
  '+CPIN?': '+CPIN: READY',
  '+QCCID': '+QCCID: 8944990000004821602F',
  '+CIMI': '001010000482160',
  '+CREG?': '+CREG: 2,5,"00C4","0B51D70A",7',
  '+CEREG?': '+CEREG: 2,5,"00C4","0B51D70A",7',
  '+COPS=3,2': 'OK',
  '+COPS=3,0': 'OK',
  '+COPS?': '+COPS: 0,0,"Harbour Mobile",7',
  '+CSQ': '+CSQ: 20,99',
  '+CESQ': '+CESQ: 99,99,255,255,20,50',
};
