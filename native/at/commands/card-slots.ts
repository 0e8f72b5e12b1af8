import { answerError } from '../answer-error.ts';
import { numbersOf, splitGroups } from '../explain/groups.ts';
import { afterPrefix, fieldsOf, wholeNumber } from '../line-fields.ts';
import type { Answers, SettingWay } from './radio/setting-way.ts';

/** Places for a card, counted from 1. */
export type CardSlots = { readonly active: number; readonly count: number };
export type SlotWay = SettingWay<CardSlots, number>;

type Numbering = {
  readonly name: string;
  readonly specification: string;
  readonly read: string;
  readonly set: string;
  /** The first slot's number. */
  readonly first: 0 | 1;
  /** Which of the fields is the slot. */
  readonly field: 0 | 1;
};

/** Two slots where the modem does not list them: these commands exist only where there are two. */
const usualCount = 2;

function slotWay({ name, specification, read, set, first, field }: Numbering): SlotWay {
  const decode = (answers: Answers): CardSlots => {
    const slot = wholeNumber(fieldsOf(answers[0] ?? [], name)?.[field]);
    if (slot === null || slot < first || slot > first + 3) throw answerError(name, answers[0] ?? []);
    const listed = (answers[1] ?? []).flatMap((line) => numbersOf(splitGroups(afterPrefix(line, name) ?? '')[field]));
    const count = listed.length > 0 && listed.length <= 4 ? listed.length : usualCount;
    return { active: slot - first + 1, count: Math.max(count, slot - first + 1) };
  };
  return {
    name,
    specification,
    questions: [read, `AT${name}=?`],
    decode,
    encode: (slot, answers) => (slot > decode(answers).count ? null : [`AT${set}${slot - 1 + first}`]),
  };
}

export const quectelSlots = slotWay({
  name: '+QUIMSLOT',
  specification: 'Quectel AT commands manuals, AT+QUIMSLOT',
  read: 'AT+QUIMSLOT?',
  set: '+QUIMSLOT=',
  first: 1,
  field: 0,
});

export const fibocomSlots = slotWay({
  name: '+GTDUALSIM',
  specification: 'Fibocom AT commands manuals, AT+GTDUALSIM',
  read: 'AT+GTDUALSIM?',
  set: '+GTDUALSIM=',
  first: 0,
  field: 0,
});

export const simcomSlots = slotWay({
  name: '+SMSIMCFG',
  specification: 'SIMCom SIM8200 series AT commands manual, AT+SMSIMCFG',
  read: 'AT+SMSIMCFG?',
  set: '+SMSIMCFG=1,',
  first: 1,
  field: 1,
});

export const sierraSlots = slotWay({
  name: '!UIMS',
  specification: 'Sierra Wireless EM74xx and MC74xx AT command reference, AT!UIMS',
  read: 'AT!UIMS?',
  set: '!UIMS=',
  first: 0,
  field: 0,
});
