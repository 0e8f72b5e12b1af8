import { describe, expect, it } from 'vitest';
import type { CommandApdu } from '../../apdu/card-access.ts';
import { openEuicc } from '../../euicc/open-euicc.ts';
import { isdR, openIsdR, reach } from './card-access.fixture.ts';
import type { ScriptedModem } from '../scripted-modem.fixture.ts';

const readEid: CommandApdu = { cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.from(Buffer.from('BF3E035C015A', 'hex')), le: 0 };
const loadSegment: CommandApdu = { cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.of(0xbf, 0x36, 0) };
const openUsim = '+CCHO="A0000000871002"';
const aid = 'A0000005591010FFFFFFFF8900000100';
const usimOfCard = 'A0000000871002FF44FF128900000100';

/** Card commands through AT+CSIM with what the card answers, as a table of the modem. */
function card(table: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table).map(([command, answer]) => [`+CSIM=${command.length},"${command}"`, `+CSIM: ${answer.length},"${answer}"`]),
  );
}

const ownChannel = { '0070000001': '019000', [`01A4040010${aid}`]: '6121' };
const basicChannel = {
  '80F2000100': `8410${usimOfCard}9000`,
  [`00A4040010${aid}`]: '6121',
  '80E2910006BF3E035C015A': '9000',
  [`00A4040010${usimOfCard}`]: '6130',
};

function cardCommands({ written }: ScriptedModem): readonly string[] {
  return written.flatMap((line) =>
    /^AT\+(?:CCHO|CCHC|CGLA|CSIM)\b/.exec(line) === null ? [] : [line.slice(3).replace(/\d+,"(.*)"/, '$1')],
  );
}

describe('the ways to a card, judged by going them', () => {
  it('opens a channel of its own where the modem opens none, uses it for everything, and gives it back', async () => {
    const { access, scripted } = await reach(
      card({ ...ownChannel, '81E2910006BF3E035C015A': '6102', '81C0000002': 'BF3E9000', '81E2910003BF3600': '9000', '00708001': '9000' }),
    );
    const channel = await access.openChannel(isdR);
    expect(await channel.transmit(readEid)).toEqual({ data: Uint8Array.of(0xbf, 0x3e), sw: 0x9000 });
    expect((await channel.transmit(loadSegment)).sw).toBe(0x9000);
    await channel.close();
    expect(cardCommands(scripted)).toEqual([
      `CCHO="${aid}"`,
      'CSIM=0070000001',
      `CSIM=01A4040010${aid}`,
      'CSIM=81E2910006BF3E035C015A',
      'CSIM=81C0000002',
      'CSIM=81E2910003BF3600',
      'CSIM=00708001',
    ]);
    // What has led to the card is gone first the next time.
    await access.openChannel(isdR);
    expect(cardCommands(scripted).slice(7)).toEqual(['CSIM=0070000001', `CSIM=01A4040010${aid}`]);
  });

  it('goes on to the basic channel where commands on a channel are refused, and gives it back as it was', async () => {
    const { access, scripted } = await reach(
      card({ ...ownChannel, ...basicChannel, '81E2910006BF3E035C015A': '6881', '00708001': '9000' }),
    );
    const channel = await access.openChannel(isdR);
    expect((await channel.transmit(readEid)).sw).toBe(0x9000);
    await channel.close();
    expect(cardCommands(scripted).slice(3)).toEqual([
      'CSIM=81E2910006BF3E035C015A',
      'CSIM=00708001',
      // The modem is asked once more: it may be free by now.
      `CCHO="${aid}"`,
      'CSIM=80F2000100',
      `CSIM=00A4040010${aid}`,
      'CSIM=80E2910006BF3E035C015A',
      `CSIM=00A4040010${usimOfCard}`,
    ]);
  });

  it('goes on where the modem opens a channel and carries nothing on it', async () => {
    const { access, scripted } = await reach({
      [openIsdR]: '+CCHO: 1',
      '+CCHC=1': 'OK',
      ...card({ ...ownChannel, '81E2910006BF3E035C015A': '9000' }),
    });
    const channel = await access.openChannel(isdR);
    expect((await channel.transmit(readEid)).sw).toBe(0x9000);
    expect(cardCommands(scripted)[2]).toBe('CCHC=1');
  });

  it('repeats nothing that may have changed the card', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', ...card({ ...ownChannel, ...basicChannel }) });
    const channel = await access.openChannel(isdR);
    await expect(channel.transmit(loadSegment)).rejects.toMatchObject({ code: 'AT_ERROR' });
    expect(cardCommands(scripted)).toEqual([`CCHO="${aid}"`, 'CGLA=1,80E2910003BF3600']);
  });

  it('leaves the basic channel alone where somebody else is using it', async () => {
    const { access, scripted } = await reach(card({ '80F2000100': '8405A0000000039000', '0070000001': '6E00' }));
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE', details: { reason: 'basicChannelInUse' } });
    expect(cardCommands(scripted)).not.toContain(`CSIM=00A4040010${aid}`);
  });

  it('selects the subscriber’s application again where the card does not tell which one it was', async () => {
    const { access, scripted } = await reach(
      card({ ...basicChannel, '80F2000100': '6D00', '0070000001': '6881', '00A4040007A0000000871002': '9000' }),
    );
    const channel = await access.openChannel(isdR);
    await channel.transmit(readEid);
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    await channel.close();
    expect(cardCommands(scripted).at(-1)).toBe('CSIM=00A4040007A0000000871002');
  });

  it('finds the application under another name, on one channel, and closes that at the end', async () => {
    const fiveber = 'A0000005591010FFFFFFFF8900050500';
    const { access, scripted } = await reach({
      ...card({ '0070000001': '019000', [`01A4040010${aid}`]: '6A82', '00708001': '9000' }),
      [`+CCHO="${fiveber}"`]: '+CCHO: 2',
      '+CCHC=2': 'OK',
    });
    await (await openEuicc(access)).close();
    await access.close();
    expect(cardCommands(scripted)).toEqual([
      `CCHO="${aid}"`,
      'CSIM=0070000001',
      `CSIM=01A4040010${aid}`,
      `CCHO="${fiveber}"`,
      'CCHC=2',
      'CSIM=00708001',
    ]);
  });

  it('believes the card that it has no such application', async () => {
    const { access } = await reach({ [openIsdR]: '+CME ERROR: 22', ...card({ '0070000001': '019000', [`01A4040010${aid}`]: '6A82' }) });
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'NOT_AN_EUICC', details: { sw: '6A82' } });
  });

  it('says that the card has no free channel', async () => {
    const { access } = await reach({ [openIsdR]: '+CME ERROR: 100', ...card({ '0070000001': '6A81' }) });
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE', details: { sw: '6A81', via: 'modem' } });
  });

  it('takes a modem that opens another application for one that has refused this one', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CME ERROR: 4', [openUsim]: '+CCHO: 3', '+CCHC=3': 'OK' });
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'NOT_AN_EUICC', details: { code: 4 } });
    expect(scripted.written).toContain('AT+CCHC=3');
  });

  it('judges a card that was put in instead by itself', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', '+CCHC=1': 'OK', [openUsim]: '+CCHO: 1' });
    await (await access.openChannel(isdR)).close();
    scripted.answers.set(openIsdR, '+CME ERROR: 4');
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    scripted.say('\r\n+SIM: Removed\r\n');
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'NOT_AN_EUICC' });
  });

  it('says of a modem without any way what was tried', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CME ERROR: 4', ...card({ '0070000001': '6881' }) });
    await expect(openEuicc(access)).rejects.toMatchObject({
      code: 'MODEM_NO_EUICC_ACCESS',
      details: { modemChannel: 'ERROR', csimChannel: '6881', csimBasic: 'ERROR' },
    });
    // Each application may be refused for reasons of its own; what AT+CSIM cannot do it can do for none.
    expect(scripted.written.filter((line) => line.startsWith('AT+CSIM'))).toHaveLength(2);
    expect(scripted.written.filter((line) => line.startsWith('AT+CCHO=')).length).toBeGreaterThan(5);
  });
});

it('closes the channels that anybody left open where a person wants that, and what it knows of is gone', async () => {
  const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', '+CCHC=1': 'OK', '+CCHC=3': 'OK' });
  const channel = await access.openChannel(isdR);
  await access.freeChannels?.();
  await expect(channel.transmit(readEid)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
  expect(cardCommands(scripted).slice(1)).toEqual(['CCHC=1', 'CCHC=2', 'CCHC=3', 'CSIM=00708001', 'CSIM=00708002', 'CSIM=00708003']);
});

describe('sessions that cannot be closed', () => {
  it('are used again by a modem without AT+CCHC', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', '+CGLA=1,22,"80E2910006BF3E035C015A"': '+CGLA: 4,"9000"' });
    for (let time = 0; time < 3; time += 1) {
      const channel = await access.openChannel(isdR);
      expect((await channel.transmit(readEid)).sw).toBe(0x9000);
      await channel.close();
    }
    expect(scripted.written.filter((line) => line.startsWith('AT+CCHO='))).toHaveLength(1);
  });

  it('are opened anew where they have ended meanwhile', async () => {
    let session = 1;
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1' }, (part) =>
      part.startsWith(`+CGLA=${session},`) ? '+CGLA: 4,"9000"' : part === openIsdR ? `+CCHO: ${session}` : undefined,
    );
    const channel = await access.openChannel(isdR);
    await channel.transmit(readEid);
    await channel.close();
    session = 2;
    const again = await access.openChannel(isdR);
    expect((await again.transmit(readEid)).sw).toBe(0x9000);
    expect(scripted.written.filter((line) => line.startsWith('AT+CCHO='))).toHaveLength(2);
  });

  it('are given back before another application is given up', async () => {
    let silent = true;
    const second = Uint8Array.from([...isdR.subarray(0, 15), 0x77]);
    const { access, scripted } = await reach({}, (part) => {
      if (part === '+CCHC=7') return silent ? 'SILENCE' : 'OK';
      if (part === openIsdR) return '+CCHO: 7';
      return part.startsWith('+CCHO=') && scripted.written.filter((line) => line === 'AT+CCHC=7').length > 1 ? '+CCHO: 8' : undefined;
    });
    await (await access.openChannel(isdR)).close();
    silent = false;
    await access.openChannel(second);
    expect(scripted.written.filter((line) => line.startsWith('AT+CCH')).slice(-3)).toEqual([
      expect.stringContaining('CCHO'),
      'AT+CCHC=7',
      expect.stringContaining('CCHO'),
    ]);
  });
});

it('sends nothing but AT after a missed deadline until the late answer has come', async () => {
  let stuck = false;
  const { access, scripted } = await reach(
    { [openIsdR]: '+CCHO: 1', '+CGLA=1,22,"80E2910006BF3E035C015A"': '+CGLA: 4,"9000"' },
    undefined,
    (line) => {
      if (line.includes('BF36')) stuck = true;
      return stuck ? null : undefined;
    },
  );
  const channel = await access.openChannel(isdR);
  await expect(channel.transmit(loadSegment)).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
  const written = scripted.written.length;
  const reading = channel.transmit(readEid);
  await expect.poll(() => scripted.written.length, { interval: 1, timeout: 3_000 }).toBeGreaterThan(written);
  stuck = false;
  scripted.say('\r\n+CGLA: 8,"BF360000"\r\n\r\nOK\r\n');
  expect(await reading).toEqual({ data: new Uint8Array(), sw: 0x9000 });
  // ESC and a bare line end, which end a prompt, are no commands.
  const commands = scripted.written.slice(written).filter((line) => !['AT', '', '\u001b'].includes(line));
  expect(commands).toEqual(['AT+CGLA=1,22,"80E2910006BF3E035C015A"']);
});
