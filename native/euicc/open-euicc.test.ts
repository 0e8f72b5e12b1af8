import { describe, expect, it } from 'vitest';
import { createReaderAccess } from '../apdu/reader-access.ts';
import { scriptedCard } from '../apdu/scripted-card.fixture.ts';
import type { CardAccess } from '../apdu/card-access.ts';
import { DeviceError, type DeviceErrorCode } from '../errors.ts';
import { isdrAids } from './isdr-aids.ts';
import { openEuicc } from './open-euicc.ts';
import { hexToBytes } from './tlv/hex.ts';

const gsma = 'A0000005591010FFFFFFFF8900000100';
const fiveBer = 'A0000005591010FFFFFFFF8900050500';
const opening = ['80AA00000A A9088100820101830107 > 9000', '0070000001 > 019000'];
const opened = [...opening, `01A4040010 ${gsma} > 6121`];
const iccid = '8944990000004821602';
const listWithPorts = '81E2910011 BF2D0E5C0C5A4F9F709091929599B79F24';
const lightList = '81E291000F BF2D0C5C0A5A4F9F709091929599B7';

describe('finding the ISD-R', () => {
  it('has every AID once, as upper-case hex of 16 bytes, the GSMA one first', () => {
    const aids = isdrAids.map(({ aid }) => aid);
    expect(new Set(aids).size).toBe(aids.length);
    expect(aids.every((aid) => /^[0-9A-F]{32}$/.test(aid))).toBe(true);
    expect(aids[0]).toBe(gsma);
  });

  it('goes through the table', async () => {
    const card = scriptedCard('T=0', ...opening, `01A4040010 ${gsma} > 6A82`, `01A4040010 ${fiveBer} > 6121`);
    const euicc = await openEuicc(createReaderAccess(card));
    expect(euicc.isdrAid).toBe(fiveBer);
    expect(euicc.svnFromSelect).toBeNull();
    expect(card.left()).toEqual([]);
  });

  it('begins with the AID that it was told, and takes no nonsense for one', async () => {
    const card = scriptedCard('T=0', ...opening, `01A4040010 ${fiveBer} > 6121`);
    expect((await openEuicc(createReaderAccess(card), { knownIsdrAid: fiveBer.toLowerCase() })).isdrAid).toBe(fiveBer);
    const other = scriptedCard('T=0', ...opened);
    expect((await openEuicc(createReaderAccess(other), { knownIsdrAid: 'zz' })).isdrAid).toBe(gsma);
  });

  it('says that a card without any of them is no eUICC', async () => {
    const card = scriptedCard('T=0', ...opening, ...isdrAids.map(({ aid }) => `01A4040010 ${aid} > 6A82`));
    await expect(openEuicc(createReaderAccess(card))).rejects.toMatchObject({ code: 'NOT_AN_EUICC' });
    expect(card.left()).toEqual([]);
  });

  it('stops at any other failure', async () => {
    const card = { ...scriptedCard('T=0'), transmit: () => Promise.reject(new DeviceError('CARD_REMOVED')) };
    await expect(openEuicc(createReaderAccess(card))).rejects.toMatchObject({ code: 'CARD_REMOVED' });
  });

  it('reads the version from the answer to SELECT, where there is one', async () => {
    const fci = `6F1F8410${gsma}A5049F6501FFE0058203020200`;
    const card = scriptedCard('T=1', ...opening, `01A4040010 ${gsma} 00 > ${fci} 9000`);
    expect((await openEuicc(createReaderAccess(card))).svnFromSelect).toBe('2.2.0');
    const odd = scriptedCard('T=1', ...opening, `01A4040010 ${gsma} 00 > 6F05 9000`);
    expect((await openEuicc(createReaderAccess(odd))).svnFromSelect).toBeNull();
  });
});

describe('a session', () => {
  it('keeps calls apart that are made at once', async () => {
    const card = scriptedCard(
      'T=0',
      ...opened,
      '81E2910006 BF3E035C015A > 6115',
      '81C0000015 > BF3E125A1089044990000000000000000000000188 9000',
      '81E2910003 BF2800 > BF2802A000 9000',
      '00708001 > 9000',
    );
    const euicc = await openEuicc(createReaderAccess(card));
    const [eid, notifications] = await Promise.all([euicc.eid(), euicc.notifications(), euicc.close()]);
    expect(eid).toBe('89044990000000000000000000000188');
    expect(notifications).toEqual([]);
    expect(card.left()).toEqual([]);
  });

  it('takes 91xx for success: the card has something to tell the terminal', async () => {
    const card = scriptedCard('T=0', ...opened, '81E2910014 BF3111A00C5A0A984499000000841206F28101FF > BF3103800100 910B');
    await (await openEuicc(createReaderAccess(card))).enableProfile({ iccid }, true);
    expect(card.left()).toEqual([]);
  });

  it('asks for fewer fields for good, once the card has refused a list of them', async () => {
    const card = scriptedCard(
      'T=0',
      ...opened,
      `${listWithPorts} > BF2D03810101 9000`,
      `${lightList} > BF2D03810101 9000`,
      '81E2910003 BF2D00 > BF2D02A000 9000',
      '81E2910003 BF2D00 > BF2D02A000 9000',
    );
    const euicc = await openEuicc(createReaderAccess(card));
    expect(await euicc.profiles()).toEqual([]);
    expect(await euicc.profiles()).toEqual([]);
    expect(card.left()).toEqual([]);
  });

  it('names the function and the status word that it failed with', async () => {
    const card = scriptedCard('T=0', ...opened, '81E2910003 BF2200 > 6A88');
    await expect((await openEuicc(createReaderAccess(card))).info2()).rejects.toMatchObject({
      code: 'CARD_STATUS',
      details: { command: 'GetEUICCInfo2', sw: '6A88' },
    });
  });

  it('refuses an answer that stops in the middle', async () => {
    const card = scriptedCard('T=0', ...opened, '81E2910003 BF2000 > BF2005820302 9000');
    await expect((await openEuicc(createReaderAccess(card))).info1()).rejects.toMatchObject({ code: 'CARD_ANSWER' });
  });
});

describe('blocks of STORE DATA', () => {
  const nickname = 'n'.repeat(64);
  const request = `BF29 4E 5A0A984499000000841206F2 9040 ${'6E'.repeat(64)}`.replaceAll(' ', '');
  const first = request.slice(0, 126);
  const second = request.slice(126);

  it.each(['6700', '6601', '6F00'])('start again, smaller, on %s, and stay small', async (sw) => {
    const small = [`81E211003F ${first} > 9000`, `81E2910112 ${second} > BF2903800100 9000`];
    const card = scriptedCard('T=0', ...opened, `81E2910051 ${request} > ${sw}`, ...small, ...small);
    const euicc = await openEuicc(createReaderAccess(card));
    await euicc.setNickname(iccid, nickname);
    await euicc.setNickname(iccid, nickname);
    expect(card.left()).toEqual([]);
  });

  it("end with the card's word when nothing smaller is left", async () => {
    const card = scriptedCard('T=0', ...opened, `81E2910051 ${request} > 6700`, `81E211003F ${first} > 6700`);
    const euicc = await openEuicc(createReaderAccess(card));
    await expect(euicc.setNickname(iccid, nickname)).rejects.toMatchObject({ code: 'CARD_STATUS', details: { sw: '6700' } });
    expect(card.left()).toEqual([]);
  });
});

/** A way through a modem that says this to every command with more than 63 bytes. */
function narrow(error: DeviceError, lengths: number[]): CardAccess {
  const way = refusing(error);
  return {
    ...way,
    get maxBlock() {
      return way.maxBlock;
    },
    openChannel: async (aid) => ({
      ...(await way.openChannel(aid)),
      async transmit({ data = new Uint8Array(), p1 }) {
        lengths.push(data.length);
        if (data.length > 63) throw error;
        return { data: hexToBytes(p1 === 0x91 ? 'BF2903800100' : ''), sw: 0x9000 };
      },
    }),
  };
}

describe('a modem that refuses long lines', () => {
  it.each([new DeviceError('AT_ERROR'), new DeviceError('CME_ERROR', { code: 50 })])('$message', async (error) => {
    const lengths: number[] = [];
    const euicc = await openEuicc(narrow(error, lengths));
    await euicc.setNickname(iccid, 'n'.repeat(64));
    await euicc.setNickname(iccid, 'n'.repeat(64));
    expect(lengths).toEqual([81, 63, 18, 63, 18]);
  });

  it.each([new DeviceError('CME_ERROR', { code: 13 }), new DeviceError('PORT_CLOSED')])('but not: $message', async (error) => {
    const lengths: number[] = [];
    await expect((await openEuicc(narrow(error, lengths))).setNickname(iccid, 'n'.repeat(64))).rejects.toBe(error);
    expect(lengths).toEqual([81]);
  });
});

/** A way through a modem on which every command fails so. */
function refusing(failure: DeviceError): CardAccess {
  let maxBlock = 120;
  return {
    via: 'modem',
    get maxBlock() {
      return maxBlock;
    },
    keepBlock(bytes) {
      maxBlock = bytes;
    },
    async openChannel() {
      return {
        selectResponse: new Uint8Array(),
        async transmit() {
          throw failure;
        },
        async close() {},
      };
    },
    refresh: () => Promise.resolve('unnoticed'),
    async close() {},
  };
}

describe('a modem that resets the card before the answer is out', () => {
  it.each<[DeviceErrorCode, boolean]>([
    ['CME_ERROR', true],
    ['AT_ERROR', true],
    ['AT_TIMEOUT', true],
    ['PORT_CLOSED', false],
    ['CARD_ANSWER', false],
  ])('%s', async (code, passes) => {
    const euicc = await openEuicc(refusing(new DeviceError(code)));
    if (passes) await expect(euicc.enableProfile({ iccid }, true)).resolves.toBeUndefined();
    else await expect(euicc.enableProfile({ iccid }, true)).rejects.toMatchObject({ code });
    await expect(euicc.enableProfile({ iccid }, false)).rejects.toMatchObject({ code });
    await expect(euicc.deleteProfile({ iccid })).rejects.toMatchObject({ code });
  });

  it('6F00 on the way to a reader is a failure', async () => {
    const card = scriptedCard('T=0', ...opened, '81E2910014 BF3111A00C5A0A984499000000841206F28101FF > 6F00');
    await expect((await openEuicc(createReaderAccess(card))).enableProfile({ iccid }, true)).rejects.toMatchObject({ code: 'CARD_STATUS' });
  });
});
