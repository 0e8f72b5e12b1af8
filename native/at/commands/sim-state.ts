import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { afterPrefix } from '../line-fields.ts';
import { linePrefix } from '../unsolicited.ts';

export type SimStateAnswer = 'ready' | 'pinRequired' | 'pukRequired' | 'absent' | 'busy' | 'failed' | 'unknown';

/** What the words after `+CPIN:` mean, in the answer and in the news alike. */
export function simStateOfWords(words: string): SimStateAnswer {
  switch (words.replace(/^"|"$/g, '').toUpperCase()) {
    case 'READY':
    // The second PIN protects a few files only; everything else works.
    case 'SIM PIN2':
    case 'SIM PUK2':
      return 'ready';
    case 'SIM PIN':
      return 'pinRequired';
    case 'SIM PUK':
      return 'pukRequired';
    case 'NOT INSERTED':
    case 'NO SIM':
    case 'REMOVED':
      return 'absent';
    case 'NOT READY':
    case 'BUSY':
      return 'busy';
    case 'ERROR':
      return 'failed';
    default:
      // The personalisation locks (PH-NET PIN …) among them: the card is there, but this modem does not take it.
      return 'unknown';
  }
}

/** `changed`: the modem has taken notice of a card, without saying more. */
export type SimNews = SimStateAnswer | 'changed';

export const simStateCommand: AtCommand<void, SimStateAnswer> = {
  name: '+CPIN',
  specification: '3GPP TS 27.007 §8.3',
  encode: () => 'AT+CPIN?',
  decode(lines) {
    for (const line of lines) {
      const words = afterPrefix(line, '+CPIN');
      if (words !== null) return simStateOfWords(words);
    }
    throw answerError('+CPIN', lines);
  },
};

/** What an error of `AT+CPIN?` says of the card (3GPP TS 27.007 §9.2.1). */
export function simStateOfError(code: number | null): SimStateAnswer {
  switch (code) {
    case 10:
      return 'absent';
    case 11:
      return 'pinRequired';
    case 12:
      return 'pukRequired';
    case 13:
    case 15:
      return 'failed';
    case 14:
      return 'busy';
    case 17:
    case 18:
      return 'ready';
    default:
      return 'unknown';
  }
}

/**
 * News of the card that a modem sends by itself: `+CPIN:` of the standard and the vendors' own words. Null where the line is something
 * else.
 */
export function decodeSimNews(line: string): SimNews | null {
  const prefix = linePrefix(line);
  if (prefix === null) return simNewsOfWords(line.toUpperCase());
  const rest = afterPrefix(line, prefix) ?? '';
  switch (prefix) {
    case '+CPIN':
      return simStateOfWords(rest);
    case '+SIM':
      return /^REMOVED/i.test(rest) ? 'absent' : /^INSERTED/i.test(rest) ? 'changed' : null;
    case '+SIMCARD':
      return /NOT AVAILABLE/i.test(rest) ? 'absent' : 'changed';
    // Quectel: 1 after the card was initialised again.
    case '+QUSIM':
      return 'changed';
    case '+QSIMSTAT':
      return /,\s*0/.test(rest) ? 'absent' : 'changed';
    // Telit: 0 absent, 1 inserted, 2 PIN unlocked, 3 ready.
    case '#QSS':
      return rest.endsWith('0') ? 'absent' : rest.endsWith('3') ? 'ready' : 'changed';
    // Huawei: 1 valid, 255 absent, other values in between.
    case '^SIMST':
      return rest.startsWith('255') ? 'absent' : rest.startsWith('1') ? 'ready' : 'changed';
    default:
      return null;
  }
}

function simNewsOfWords(words: string): SimNews | null {
  if (words === 'SIM READY' || words === '+SIM READY') return 'ready';
  return words === '+SIM DROP' ? 'absent' : null;
}
