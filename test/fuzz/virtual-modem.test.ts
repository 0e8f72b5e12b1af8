import { array, assert, constantFrom, integer, oneof, property, string, tuple } from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commandsOf } from '#simulator/modem/commands/all-commands.ts';
import { makeImei } from '#simulator/modem/imei.ts';
import { knownVendors, parseModemKind } from '#simulator/modem/modem-kind.ts';
import { makeVirtualModem } from '#simulator/modem/virtual-modem.ts';
import { makeChipSlot } from '#simulator/euicc/make-chip-slot.ts';
import { modemProfiles } from '#simulator/sample.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const value = oneof(
  integer({ min: -5, max: 70_000 }).map(String),
  constantFrom('', '1', '0', '"SC"', '"1234"', '"12345678"', '"SM"', '"UCS2"', '"servingcell"', '"band"', '0x1f', '"IP"', '"0080000000"'),
  string({ maxLength: 12 }),
  string({ unit: constantFrom(...Array.from('0123456789ABCDEFabcdef')), maxLength: 40 }).map((hex) => `"${hex}"`),
);

it.each(Object.keys(knownVendors))('whatever a host writes, the simulated %s ends each command once and goes on', (vendor) => {
  const kind = parseModemKind(vendor);
  const names = [...commandsOf(kind).keys()];
  const form = oneof(
    constantFrom('', '?', '=?'),
    array(value, { minLength: 1, maxLength: 7 }).map((values) => `=${values.join(',')}`),
  );
  const line = tuple(constantFrom(...names), form).map(([name, rest]) => `AT${name}${rest}`.replaceAll(/[\r\n\b]/g, ''));
  const slot = makeChipSlot({ stateDir: null, profiles: modemProfiles, serial: 2 });
  assert(
    property(array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const modem = makeVirtualModem({ slot, imei: makeImei(2), timeScale: 1, kind });
      let said = '';
      modem.onOutput((bytes) => (said += Buffer.from(bytes).toString('latin1')));
      modem.powerOn();
      vi.advanceTimersByTime(3000);
      modem.receive(Buffer.from('ATE0\r'));
      vi.advanceTimersByTime(100);
      for (const one of lines) {
        said = '';
        modem.receive(Buffer.from(`${one}\r`));
        vi.advanceTimersByTime(10_000);
        // A prompt for a message is given up.
        if (said.endsWith('> ')) modem.receive(Buffer.from('\u001b'));
        vi.advanceTimersByTime(1000);
        const finals = said.split('\r\n').filter((text) => /^(?:OK|ERROR|\+CM[ES] ERROR: .*)$/.test(text));
        if (kind.traits.testForms !== 'silent' || !one.endsWith('=?')) expect(finals, `${one}: ${said}`).toHaveLength(1);
      }
      modem.powerOff();
    }),
    { numRuns: 60 },
  );
});
