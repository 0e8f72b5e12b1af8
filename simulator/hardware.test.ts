import { afterEach, describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import type { VirtualHardware } from './hardware.ts';
import { createVirtualHardware, furtherModemPath, virtualModemPath, virtualReaderName } from './hardware.ts';

let hardware: VirtualHardware;
afterEach(() => hardware.close());

function open(): VirtualHardware {
  hardware = createVirtualHardware({ stateDir: null, timeScale: 0 });
  return hardware;
}

describe('the reader', () => {
  it('shows its card come and go', async () => {
    const { cardTransport, controls } = open();
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const state of cardTransport.watch(stop.signal)) {
      seen.push(state.available ? state.readers.map(({ name, card }) => `${name} ${card}`).join() : state.reason);
      if (seen.length === 1) controls.reader.remove();
      else if (seen.length === 2) controls.reader.insert();
      else if (seen.length === 3) hardware.close();
      else stop.abort();
    }
    expect(seen).toEqual(['Virtual Reader present', 'Virtual Reader empty', 'Virtual Reader present', '']);
  });

  it('is held by one at a time, and a power cycle clears the card', async () => {
    const { cardTransport } = open();
    const card = await cardTransport.connect(virtualReaderName);
    await expect(cardTransport.connect(virtualReaderName)).rejects.toMatchObject({ code: 'CARD_BUSY' });
    await expect(cardTransport.connect('Another')).rejects.toMatchObject({ code: 'READER_GONE' });
    expect(bytesToHex(await card.transmit(hexToBytes('0070000001')))).toBe('019000');
    await card.powerCycle();
    expect(bytesToHex(await card.transmit(hexToBytes('0070000001')))).toBe('019000');
    await card.close();
    await card.close();
    await expect(card.transmit(hexToBytes('0070000001'))).rejects.toMatchObject({ code: 'CARD_REMOVED' });
    await (await cardTransport.connect(virtualReaderName)).close();
  });

  it('loses its card at the APDU that was named, before or after it took effect', async () => {
    const { cardTransport, controls } = open();
    const setAddress = hexToBytes('80E2910006BF3F03800161');
    for (const [moment, address] of [
      ['before', ''],
      ['after', 'a'],
    ] as const) {
      const card = await cardTransport.connect(virtualReaderName);
      await card.transmit(hexToBytes('00A4040010A0000005591010FFFFFFFF8900000100'));
      controls.reader.removeAt(1, moment);
      await expect(card.transmit(setAddress)).rejects.toMatchObject({ code: 'CARD_REMOVED' });
      await expect(cardTransport.connect(virtualReaderName)).rejects.toMatchObject({ code: 'NO_CARD' });
      expect(controls.reader.state().defaultSmdpAddress).toBe(address);
      controls.reader.insert();
      await expect(card.transmit(setAddress)).rejects.toMatchObject({ code: 'CARD_REMOVED' });
    }
  });
});

describe('further cards', () => {
  it('lie in readers of their own, each card with its own EID and profiles', async () => {
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0, cards: 'two-se, only-aid+cat-busy,two-se' });
    const stop = new AbortController();
    for await (const state of hardware.cardTransport.watch(stop.signal)) {
      expect(state.available && state.readers.map(({ name }) => name)).toEqual([
        virtualReaderName,
        'Virtual reader — two-se',
        'Virtual reader — only-aid+cat-busy',
      ]);
      stop.abort();
    }
    const { reader, sim, cards } = hardware.controls;
    const chips = [reader, sim, ...cards.values()].flatMap((controls) => controls.states());
    expect(new Set(chips.map(({ eid }) => eid)).size).toBe(5);
    expect(new Set(chips.flatMap(({ profiles }) => profiles.map(({ iccid }) => iccid))).size).toBe(3 + 2 + 3 * 2);
    cards.get('Virtual reader — two-se')?.remove();
    await expect(hardware.cardTransport.connect('Virtual reader — two-se')).rejects.toMatchObject({ code: 'NO_CARD' });
    await (await hardware.cardTransport.connect(virtualReaderName)).close();
  });

  it('are refused where their kind is not known', () => {
    open();
    expect(() => createVirtualHardware({ stateDir: null, cards: 'nonsense' })).toThrow(/nonsense/);
  });
});

describe('the modem', () => {
  it('is open to one at a time, and closes when it is pulled out', async () => {
    const { serialTransport, controls } = open();
    const port = await serialTransport.open(virtualModemPath);
    await expect(serialTransport.open(virtualModemPath)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await expect(serialTransport.open('another')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    let heard = '';
    const closed: boolean[] = [];
    port.listen({ onData: (bytes) => (heard += Buffer.from(bytes).toString()), onClose: (unplugged) => closed.push(unplugged) });
    await port.write(Buffer.from('AT+CGMM\r'));
    await expect.poll(() => heard).toContain('\r\nEG25\r\n\r\nOK\r\n');
    controls.modem.unplug();
    expect(closed).toEqual([true]);
    await expect(port.write(Buffer.from('AT\r'))).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await expect(serialTransport.open(virtualModemPath)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await port.close();
    controls.modem.plug();
    const again = await serialTransport.open(virtualModemPath);
    await again.close();
    expect(closed).toEqual([true]);
  });

  it('leaves its bus and comes back when it restarts', async () => {
    const { serialTransport } = open();
    const port = await serialTransport.open(virtualModemPath);
    const closed = new Promise<boolean>((resolve) => port.listen({ onData: () => undefined, onClose: resolve }));
    await port.write(Buffer.from('AT+CFUN=1,1\r'));
    expect(await closed).toBe(true);
    await expect.poll(async () => (await serialTransport.open(virtualModemPath)).close()).toBeUndefined();
  });

  it('comes back under another name, in the same place, where it is of that kind', async () => {
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0, modem: 'sierra+renamesOnReset' });
    const seen: string[] = [];
    const stop = new AbortController();
    for await (const state of hardware.serialTransport.watch(stop.signal)) {
      seen.push(
        state.available ? state.ports.map(({ path, location, usbVendorId }) => [path, location, usbVendorId].join(' ')).join() : '',
      );
      if (seen.length === 1) hardware.controls.modem.unplug();
      else if (seen.length === 2) hardware.controls.modem.plug();
      else stop.abort();
    }
    expect(seen).toEqual([`${virtualModemPath} bench-0 1199`, '', `${virtualModemPath}-1 bench-0 1199`]);
    await expect(hardware.serialTransport.open(virtualModemPath)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await (await hardware.serialTransport.open(`${virtualModemPath}-1`)).close();
  });

  it('has others beside it, each with a chip of its own and the air around it', async () => {
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0, modems: 'fibocom, sierra+handle32,fibocom' });
    const { sim, modems } = hardware.controls;
    expect([...modems.keys()]).toEqual([furtherModemPath('fibocom'), furtherModemPath('sierra+handle32')]);
    const eids = [sim, ...[...modems.values()].map((modem) => modem.sim)].map((card) => card.state().eid);
    expect(new Set(eids).size).toBe(3);
    const port = await hardware.serialTransport.open(furtherModemPath('fibocom'));
    let heard = '';
    port.listen({ onData: (bytes) => (heard += Buffer.from(bytes).toString()), onClose: () => undefined });
    modems.get(furtherModemPath('fibocom'))?.air.refuse(7);
    await port.write(Buffer.from('AT+CEREG=3\r'));
    await expect.poll(() => heard).toContain('+CEREG: 3,,,,0,7');
    await port.close();
  });
});
