import { whole } from '../../readers.ts';
import { statusWordMeaning } from './card-status.ts';

/** What a card answered to a command that went through the modem: an even number of hexadecimal digits with the status at its end. */
export function cardAnswer(length: string, hex: string) {
  if (!/^(?:[0-9A-Fa-f]{2}){2,}$/.test(hex) || whole(length) !== hex.length) return null;
  const response = hex.toUpperCase();
  const status = response.slice(-4);
  return { response, data: response.slice(0, -4), statusWord: status, meaning: statusWordMeaning(status) };
}
