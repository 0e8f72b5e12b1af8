import { describe, expect, it } from 'vitest';
import { isdR, openIsdR, reach } from './card-access.fixture.ts';
import type { ScriptedModem } from '../scripted-modem.fixture.ts';

function apdusOf(scripted: ScriptedModem): readonly string[] {
  return scripted.written.filter((line) => line.startsWith('AT+CGLA')).map((line) => line.slice(line.indexOf('"') + 1, -1));
}

describe('the card behind a modem', () => {
  it.each([
    ['+CCHO: 1', '1'],
    ['1', '1'],
    ['+CCHO: 00A30B01', '00A30B01'],
  ])('sends the handle of %j back as it came', async (answer, handle) => {
    const { scripted, access } = await reach({
      [openIsdR]: answer,
      [`+CGLA=${handle},22,"80E2910006BF3E035C015A"`]: '+CGLA: 4,"9000"',
      [`+CCHC=${handle}`]: 'OK',
    });
    const channel = await access.openChannel(isdR);
    const command = { cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.from(Buffer.from('BF3E035C015A', 'hex')), le: 0 };
    expect(await channel.transmit(command)).toEqual({ data: new Uint8Array(), sw: 0x9000 });
    await channel.close();
    await channel.close();
    await expect(channel.transmit(command)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });
    expect(scripted.written.filter((line) => line === `AT+CCHC=${handle}`)).toHaveLength(1);
  });

  it('fetches what is left, with Le in GET RESPONSE and none in STORE DATA, and repeats with the right length', async () => {
    const { scripted, access } = await reach({
      [openIsdR]: '+CCHO: 1',
      '+CGLA=1,16,"80E2910003BF2E00"': '+CGLA: 4,"6102"',
      '+CGLA=1,10,"80C0000002"': '+ESIMS: 0,1\n+CGLA: 4,"6c03"',
      '+CGLA=1,10,"80C0000003"': '+CGLA: 10,"bf2e009000"',
    });
    const channel = await access.openChannel(isdR);
    const response = await channel.transmit({ cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.of(0xbf, 0x2e, 0), le: 0 });
    expect(response).toEqual({ data: Uint8Array.of(0xbf, 0x2e, 0), sw: 0x9000 });
    expect(apdusOf(scripted)).toEqual(['80E2910003BF2E00', '80C0000002', '80C0000003']);
  });

  it('puts the channel into the class byte where the modem does not, and remembers it', async () => {
    const { scripted, access } = await reach({ [openIsdR]: '+CCHO: 1' }, (part) => {
      if (!part.startsWith('+CGLA')) return undefined;
      return part.includes('"80') ? '+CGLA: 4,"6881"' : '+CGLA: 4,"9000"';
    });
    const channel = await access.openChannel(isdR);
    const command = { cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.of(1) };
    expect((await channel.transmit(command)).sw).toBe(0x9000);
    expect((await channel.transmit(command)).sw).toBe(0x9000);
    expect(apdusOf(scripted)).toEqual(['80E291000101', '81E291000101', '81E291000101']);
  });

  it.each([
    ['+CME ERROR: 10', 'SIM_ABSENT'],
    ['+CME ERROR: 11', 'SIM_PIN_REQUIRED'],
    ['+CME ERROR: 12', 'SIM_PUK_REQUIRED'],
    ['+CME ERROR: 20', 'CHANNEL_UNAVAILABLE'],
    ['+CME ERROR: 14', 'CME_ERROR'],
  ])('says what %s means when no channel opens', async (answer, code) => {
    const { access } = await reach({ [openIsdR]: answer });
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code });
  });

  it('tells a card without free channel from one without the application it had before', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', '+CCHC=1': 'OK' });
    const channel = await access.openChannel(isdR);
    await channel.close();
    scripted.answers.set(openIsdR, '+CME ERROR: 100');
    await expect(access.openChannel(isdR)).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE', details: { code: 100 } });
    await expect(access.openChannel(Uint8Array.of(0xa0, 0, 0, 5, 0x59))).rejects.toMatchObject({ code: 'NOT_AN_EUICC' });
  });

  it('waits for a busy card', async () => {
    let attempts = 0;
    const { access } = await reach({}, (part) => {
      if (part !== openIsdR) return undefined;
      attempts += 1;
      return attempts < 3 ? '+CME ERROR: 14' : '+CCHO: 2';
    });
    await access.openChannel(isdR);
    expect(attempts).toBe(3);
  });

  it('refuses an answer that is shorter than it says', async () => {
    const { access } = await reach({ [openIsdR]: '+CCHO: 1', '+CGLA=1,12,"80E291000101"': '+CGLA: 8,"9000"' });
    const channel = await access.openChannel(isdR);
    await expect(channel.transmit({ cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.of(1) })).rejects.toMatchObject({
      code: 'AT_ANSWER',
    });
  });

  it('passes an error in the middle of a script on at once', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', '+CGLA=1,12,"80E291000101"': '+CME ERROR: 13' });
    const channel = await access.openChannel(isdR);
    await expect(channel.transmit({ cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.of(1) })).rejects.toMatchObject({
      code: 'CME_ERROR',
      details: { code: 13 },
    });
    expect(scripted.written.filter((line) => line.startsWith('AT+CCHO='))).toHaveLength(1);
  });

  it('is there once, keeps polling away, and closes what it opened', async () => {
    const { modem, access, scripted } = await reach({ [openIsdR]: '+CCHO: 1', '+CCHC=1': 'OK' });
    await expect(modem.cardAccess()).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    await access.openChannel(isdR);
    await expect(modem.status('poll')).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    await modem.status('user');
    await access.close();
    await access.close();
    expect(scripted.written.at(-1)).toBe('AT+CCHC=1');
    await modem.status('poll');
    await (await modem.cardAccess()).close();
  });

  it('gives the port’s end to whatever is going on, and can still be closed', async () => {
    const { access, scripted } = await reach({ [openIsdR]: '+CCHO: 1' }, (part) => (part.startsWith('+CGLA') ? 'SILENCE' : undefined));
    const channel = await access.openChannel(isdR);
    const transmitting = channel.transmit({ cla: 0x80, ins: 0xe2, p1: 0x91, p2: 0, data: Uint8Array.of(1) });
    setTimeout(() => {
      scripted.unplug();
    }, 10);
    await expect(transmitting).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await channel.close();
    await access.close();
  });
});
