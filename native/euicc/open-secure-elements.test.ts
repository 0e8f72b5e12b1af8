import { expect, it } from 'vitest';
import type { CardAccess } from '../apdu/card-access.ts';
import { createReaderAccess } from '../apdu/reader-access.ts';
import { type ScriptedCard, scriptedCard } from '../apdu/scripted-card.fixture.ts';
import { openSecureElements } from './open-secure-elements.ts';
import { hexToBytes } from './tlv/hex.ts';

const gsma = 'A0000005591010FFFFFFFF8900000100';
const [first, second] = ['A06573746B6D65FFFF4953442D522030', 'A06573746B6D65FFFF4953442D522031'];
const opening = ['80AA00000A A9088100820101830107 > 9000', '0070000001 > 019000'];
const makersAtr = hexToBytes('3B9F96801FC78031E073FE2115576573746B2E6D65C1');
const select = (aid: string, sw: string) => `01A4040010 ${aid} > ${sw}`;
const eid = (digits: string) => ['81E2910006 BF3E035C015A > 6115', `81C0000015 > BF3E125A10${digits} 9000`];
const [eidOfFirst, eidOfSecond] = ['89044990000000000000000000000188', '89044990000000000000000000000285'];
const close = '00708001 > 9000';
const open = '0070000001 > 019000';

/** The AIDs under which elements were found. */
async function find(access: CardAccess): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { isdrAid } of openSecureElements(access)) found.push(isdrAid);
  return found;
}

function makers(card: ScriptedCard): CardAccess {
  return createReaderAccess({ ...card, atr: makersAtr });
}

it('sends nothing more to an ordinary card', async () => {
  const card = scriptedCard('T=0', ...opening, select(gsma, '6121'), close);
  expect(await find(createReaderAccess(card))).toEqual([gsma]);
  expect(card.left()).toEqual([]);
});

it('finds the second element of a card whose first has an AID of its maker', async () => {
  const others = ['A0000005591010FFFFFFFF8900050500', 'A0000005591010000000008900000300', 'A0000005591010FFFFFFFF8900000177'];
  const notThere = [gsma, ...others].map((aid) => select(aid, '6A82'));
  const card = scriptedCard(
    'T=0',
    ...opening,
    ...notThere,
    select(first, '6121'),
    ...eid(eidOfFirst),
    close,
    open,
    select(second, '6121'),
    ...eid(eidOfSecond),
    close,
  );
  expect(await find(createReaderAccess(card))).toEqual([first, second]);
  expect(card.left()).toEqual([]);
});

it('takes two AIDs of one element for one', async () => {
  const card = scriptedCard(
    'T=0',
    ...opening,
    select(gsma, '6121'),
    ...eid(eidOfFirst),
    close,
    open,
    select(first, '6121'),
    ...eid(eidOfFirst),
    close,
    open,
    select(second, '6121'),
    ...eid(eidOfSecond),
    close,
  );
  expect(await find(makers(card))).toEqual([gsma, second]);
  expect(card.left()).toEqual([]);
});

it('is content with one where the maker built in no more', async () => {
  const card = scriptedCard(
    'T=0',
    ...opening,
    select(gsma, '6121'),
    ...eid(eidOfFirst),
    close,
    open,
    select(first, '6A82'),
    select(second, '6A82'),
  );
  expect(await find(makers(card))).toEqual([gsma]);
  expect(card.left()).toEqual([]);
});

it('closes what it has opened when nobody wants more', async () => {
  const card = scriptedCard('T=0', ...opening, select(gsma, '6121'), close);
  for await (const euicc of openSecureElements(makers(card))) {
    expect(euicc.isdrAid).toBe(gsma);
    break;
  }
  expect(card.left()).toEqual([]);
});
