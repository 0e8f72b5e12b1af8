import type { SmsDocument } from './sms-document.ts';
import { pairs, type Pair } from './table.ts';
import { formatTime, plain, styled } from './text.ts';
import type { Words } from './words.ts';

/** A message for people: what it is, who is at the other end and when, and its text. */
export function smsText(words: Words, message: SmsDocument): string {
  const word = (key: string): string => words.say(`sms.${key}`);
  const facts: readonly (readonly [name: string, value: string | number | null])[] = [
    [message.type === 'deliver' ? 'from' : 'to', message.number],
    ['serviceCentre', message.smsc],
    ['sent', message.timestamp === null ? null : formatTime(words, message.timestamp)],
    ['discharged', message.dischargeTime === null ? null : formatTime(words, message.dischargeTime)],
    ['outcome', message.outcome === null ? null : word(`outcomes.${message.outcome}`)],
    ['validUntil', message.validity === null ? null : formatTime(words, message.validity)],
    ['validFor', message.validitySeconds === null ? null : duration(words, message.validitySeconds)],
    ['part', message.concat === null ? null : words.say('sms.partOf', { part: message.concat.part, parts: message.concat.parts })],
    ['class', message.class === null ? null : word(`classes.${message.class}`)],
    ['waiting', message.waiting === null ? null : word(`waitingKinds.${message.waiting}`)],
    ['cause', message.failureCause === null ? null : `0x${message.failureCause.toString(16).toUpperCase().padStart(2, '0')}`],
    ['data', message.dataHex],
    ['cut', message.cut ? word('cutShort') : null],
  ];
  const known = facts.flatMap(([name, value]): Pair[] => (value === null || value === '' ? [] : [[word(name), String(value)]]));
  const text = message.text === null ? [] : message.text.split(/\r?\n|\r/).map((line) => `  ${plain(line)}`);
  return [styled('bold', word(`types.${message.type}`)), pairs(known).replaceAll(/^/gmu, '  '), ...text].join('\n');
}

function duration(words: Words, seconds: number): string {
  const [unit, size] =
    seconds % 86_400 === 0 ? (['day', 86_400] as const) : seconds % 3_600 === 0 ? (['hour', 3_600] as const) : (['minute', 60] as const);
  return new Intl.NumberFormat(words.language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    seconds / size,
  );
}
