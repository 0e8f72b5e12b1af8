import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { encodeSwappedDigits } from '#native/euicc/tlv/digits.ts';
import type { ModemContext } from '../modem-state.ts';
import type { AtCommand, AtHandler } from './at-command.ts';
import { identityOf } from './sim.ts';

/** How a maker prints the number of the card: all twenty digits of the file, the filler F among them, or those that count. */
export type CardNumberForm = { readonly filler: boolean; readonly quoted?: boolean };

/** A command that tells the number of the card, with and without a question mark. A locked card tells it too. */
export function cardNumberCommand(name: string, form: CardNumberForm): AtCommand {
  const answer: AtHandler = (modem) => [`${name}: ${printCardNumber(modem, form)}`];
  return { name, takes: { execute: 20, read: 20 }, execute: answer, read: answer, test: () => [] };
}

function printCardNumber(modem: ModemContext, { filler, quoted = false }: CardNumberForm): string {
  const { iccid } = identityOf(modem);
  const digits = filler ? bytesToHex(encodeSwappedDigits(iccid, 10)).replaceAll(/(.)(.)/g, '$2$1') : iccid;
  return quoted ? `"${digits}"` : digits;
}
