import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';

/** IMSI: six to fifteen digits (3GPP TS 23.003 §2.2). */
export const imsiCommand: AtCommand<void, string> = {
  name: '+CIMI',
  specification: '3GPP TS 27.007 §5.6',
  encode: () => 'AT+CIMI',
  decode(lines) {
    for (const line of lines) {
      const match = /^(?:\+CIMI\s*:\s*)?"?(\d{6,15})"?$/i.exec(line);
      if (match?.[1] !== undefined) return match[1];
    }
    throw answerError('+CIMI', lines);
  },
};
