import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { afterPrefix } from '../line-fields.ts';

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
  const words = afterPrefix(line, '+CPIN');
  if (words !== null) return simStateOfWords(words);
  const upper = line.toUpperCase();
  if (/^\+?SIM READY$/.test(upper)) return 'ready';
  if (/^\+SIM DROP$|^\+SIM\s*:\s*REMOVED/.test(upper)) return 'absent';
  if (/^\+SIM\s*:\s*INSERTED/.test(upper)) return 'changed';
  const simcard = afterPrefix(line, '+SIMCARD');
  if (simcard !== null) return /NOT AVAILABLE/i.test(simcard) ? 'absent' : 'changed';
  // Quectel: 1 after the card was initialised again; Telit: 0 absent, 1 inserted, 2 PIN unlocked, 3 ready.
  if (afterPrefix(line, '+QUSIM') !== null) return 'changed';
  const inserted = afterPrefix(line, '+QSIMSTAT');
  if (inserted !== null) return /,\s*0/.test(inserted) ? 'absent' : 'changed';
  const telit = afterPrefix(line, '#QSS');
  if (telit !== null) return telit.endsWith('0') ? 'absent' : telit.endsWith('3') ? 'ready' : 'changed';
  // Huawei: 1 valid, 255 absent, other values in between.
  const huawei = afterPrefix(line, '^SIMST');
  if (huawei !== null) return huawei.startsWith('255') ? 'absent' : huawei.startsWith('1') ? 'ready' : 'changed';
  return null;
}
