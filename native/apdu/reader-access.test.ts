import { expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '../euicc/tlv/hex.ts';
import { createReaderAccess } from './reader-access.ts';
import { scriptedCard } from './scripted-card.fixture.ts';

const aid = hexToBytes('A0000005591010FFFFFFFF8900000100');
const otherAid = hexToBytes('A0000005591010FFFFFFFF8900050500');
const introduction = '80AA00000A A9088100820101830107';
const select = '01A4040010 A0000005591010FFFFFFFF8900000100';
const selectOther = '01A4040010 A0000005591010FFFFFFFF8900050500';
const closeAll = Array.from({ length: 19 }, (_, index) => `007080${(index + 1).toString(16).padStart(2, '0').toUpperCase()} > 6881`);
const getEid = { cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: hexToBytes('BF3E035C015A'), le: 0 };

it('opens a channel with T=0 without fetching what SELECT would say', async () => {
  const card = scriptedCard(
    'T=0',
    `${introduction} > 6D00`,
    '0070000001 > 019000',
    `${select} > 6121`,
    '81E2910006 BF3E035C015A > 6102',
    '81C0000002 > 01029000',
    '00708001 > 9000',
  );
  const access = createReaderAccess(card);
  const channel = await access.openChannel(aid);
  expect(channel.selectResponse).toHaveLength(0);
  expect(await channel.transmit(getEid)).toEqual({ data: Uint8Array.of(1, 2), sw: 0x9000 });
  await channel.close();
  await channel.close();
  await access.close();
  await access.close();
  expect(card.left()).toEqual([]);
  expect(card.closes()).toBe(1);
});

it('sends Le with T=1 and keeps what SELECT says', async () => {
  const card = scriptedCard(
    'T=1',
    `${introduction} > 9000`,
    '0070000001 > 019000',
    `${select}00 > 6F008400 9000`,
    '81E2910006 BF3E035C015A 00 > 01029000',
  );
  const channel = await createReaderAccess(card).openChannel(aid);
  expect(bytesToHex(channel.selectResponse)).toBe('6F008400');
  await channel.transmit(getEid);
  expect(card.left()).toEqual([]);
});

it('goes through AIDs on one channel, and gives it back in the end', async () => {
  const card = scriptedCard(
    'T=0',
    `${introduction} > 9000`,
    '0070000001 > 029000',
    `02${select.slice(2)} > 6A82`,
    `02${selectOther.slice(2)} > 6A82`,
    '00708002 > 9000',
  );
  const access = createReaderAccess(card);
  await expect(access.openChannel(aid)).rejects.toMatchObject({ code: 'NOT_AN_EUICC', details: { sw: '6A82' } });
  await expect(access.openChannel(otherAid)).rejects.toMatchObject({ code: 'NOT_AN_EUICC' });
  await access.close();
  expect(card.left()).toEqual([]);
});

it('cures an ISD-R that is still selected on a forgotten channel', async () => {
  const card = scriptedCard(
    'T=0',
    `${introduction} > 9000`,
    '0070000001 > 029000',
    `02${select.slice(2)} > 6999`,
    ...closeAll,
    '0070000001 > 019000',
    `${select} > 6121`,
  );
  await createReaderAccess(card).openChannel(aid);
  expect(card.left()).toEqual([]);
});

it('leaves a channel on which nothing can be selected, and closes it in the end', async () => {
  const card = scriptedCard(
    'T=0',
    `${introduction} > 9000`,
    '0070000001 > 019000',
    `${select} > 6999`,
    ...closeAll,
    '0070000001 > 019000',
    `${select} > 6999`,
    '0070000001 > 029000',
    `02${select.slice(2)} > 6121`,
    '00708001 > 9000',
  );
  const access = createReaderAccess(card);
  await access.openChannel(aid);
  await access.close();
  expect(card.left()).toEqual([]);
});

it('tries the cure once only', async () => {
  const card = scriptedCard(
    'T=0',
    `${introduction} > 9000`,
    '0070000001 > 019000',
    `${select} > 6999`,
    ...closeAll,
    '0070000001 > 019000',
    `${select} > 6999`,
    '0070000001 > 029000',
    `02${select.slice(2)} > 6999`,
    `02${selectOther.slice(2)} > 6999`,
  );
  const access = createReaderAccess(card);
  for (const one of [aid, otherAid]) {
    await expect(access.openChannel(one)).rejects.toMatchObject({ code: 'NOT_AN_EUICC', details: { sw: '6999' } });
  }
  expect(card.left()).toEqual([]);
});

it('frees forgotten channels when none is left, and says so when that does not help', async () => {
  const card = scriptedCard('T=0', `${introduction} > 9000`, '0070000001 > 6A81', ...closeAll, '0070000001 > 6A81');
  await expect(createReaderAccess(card).openChannel(aid)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE', details: { sw: '6A81' } });
  expect(card.left()).toEqual([]);
});

it('asks a card without logical channels only once', async () => {
  const card = scriptedCard('T=0', `${introduction} > 6E00`, '0070000001 > 6881');
  const access = createReaderAccess(card);
  await expect(access.openChannel(aid)).rejects.toMatchObject({ code: 'NOT_AN_EUICC', details: { sw: '6881' } });
  await expect(access.openChannel(otherAid)).rejects.toMatchObject({ code: 'NOT_AN_EUICC' });
  expect(card.left()).toEqual([]);
});

it('introduces itself again after a refresh, and lets nothing out on a channel of before', async () => {
  const opening = [`${introduction} > 9000`, '0070000001 > 019000', `${select} > 6121`];
  const card = scriptedCard('T=0', ...opening, ...opening);
  const access = createReaderAccess(card);
  const before = await access.openChannel(aid);
  await access.refresh({ kind: 'reset' });
  expect(card.powerCycles()).toBe(1);
  await access.openChannel(aid);
  await expect(before.transmit(getEid)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
  await before.close();
  expect(card.left()).toEqual([]);
});

it('refuses a channel number that no card can mean', async () => {
  const card = scriptedCard('T=0', `${introduction} > 9000`, '0070000001 > 639000');
  await expect(createReaderAccess(card).openChannel(aid)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
});
