import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { afterPrefix, fieldsOf, splitFields, wholeNumber } from '../line-fields.ts';

/** How often each code may still be given wrongly; null where the modem does not say. */
export type PinAttempts = {
  readonly pin: number | null;
  readonly puk: number | null;
  readonly pin2: number | null;
  readonly puk2: number | null;
};
export const noPinAttempts: PinAttempts = { pin: null, puk: null, pin2: null, puk2: null };

/** The standard's command, the vendors', and `card`, which asks the card itself. */
export type PinAttemptsVariant = '+CPINR' | '+QPINC?' | '+EPINC?' | '+CPINC?' | '+UPINCNT' | '+SPIC' | '^CPIN?' | 'card';

/** In which order those with one line of numbers tell them; a null is something else. */
const orders: ReadonlyMap<PinAttemptsVariant, readonly (keyof PinAttempts | null)[]> = new Map([
  ['+EPINC?', ['pin', 'pin2', 'puk', 'puk2']], // MediaTek
  ['+CPINC?', ['pin', 'pin2', 'puk', 'puk2']], // Sierra
  ['+UPINCNT', ['pin', 'pin2', 'puk', 'puk2']], // u-blox
  ['+SPIC', ['pin', 'puk', 'pin2', 'puk2']], // SIMCom
  ['^CPIN?', [null, null, 'puk', 'pin', 'puk2', 'pin2']], // Huawei
]);
const codes: ReadonlyMap<string, keyof PinAttempts> = new Map([
  ['SIM PIN', 'pin'],
  ['SIM PUK', 'puk'],
  ['SIM PIN2', 'pin2'],
  ['SIM PUK2', 'puk2'],
]);

/**
 * A VERIFY PIN and an UNBLOCK PIN without a code spend no attempt and are answered with the counter (ETSI TS 102 221 §11.1.9, §11.1.13). Key
 * reference 01 is the PIN of the first application.
 */
const cardLine = 'AT+CSIM=10,"0020000100";+CSIM=10,"002C000100"';

export const pinAttemptsCommand: AtCommand<PinAttemptsVariant, PinAttempts> = {
  name: '+CPINR',
  specification: '3GPP TS 27.007 §8.65; vendors’ manuals for the other names',
  encode: (variant) => (variant === 'card' ? cardLine : `AT${variant}`),
  decode(lines) {
    const told: { -readonly [Code in keyof PinAttempts]: number | null } = { ...noPinAttempts };
    for (const line of lines) Object.assign(told, decodeLine(line));
    const [pin, puk] = lines.flatMap((line) => counterOfCard(line) ?? []);
    if (pin !== undefined && puk !== undefined) Object.assign(told, { pin, puk });
    if (Object.values(told).every((left) => left === null)) throw answerError('+CPINR', lines);
    return told;
  },
};

function decodeLine(line: string): Partial<PinAttempts> {
  const standard = fieldsOf([line], '+CPINR');
  const code = codes.get(standard?.[0]?.toUpperCase() ?? '');
  if (standard !== null) return code === undefined ? {} : { [code]: wholeNumber(standard[1]) };
  const quectel = fieldsOf([line], '+QPINC');
  if (quectel !== null) {
    const [pin, puk] = [wholeNumber(quectel[1]), wholeNumber(quectel[2])];
    return quectel[0] === 'P2' ? { pin2: pin, puk2: puk } : quectel[0] === 'SC' ? { pin, puk } : {};
  }
  for (const [variant, order] of orders) {
    const rest = afterPrefix(line, variant.replace('?', ''));
    if (rest === null) continue;
    const fields = splitFields(rest);
    return Object.fromEntries(order.flatMap((name, index) => (name === null ? [] : [[name, wholeNumber(fields[index])]])));
  }
  return {};
}

/** 63Cx: x attempts are left; 6983: none (ETSI TS 102 221 §10.2.1). A PIN that is in already, or is not asked for, has no counter to show. */
function counterOfCard(line: string): readonly [number | null] | null {
  const fields = fieldsOf([line], '+CSIM');
  if (fields === null) return null;
  const counter = /^63C([0-9A-F])$/i.exec(fields[1] ?? '')?.[1];
  if (counter !== undefined) return [Number.parseInt(counter, 16)];
  return [fields[1] === '6983' ? 0 : null];
}
