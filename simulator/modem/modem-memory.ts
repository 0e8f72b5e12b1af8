import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoredContexts } from './commands/packet-data.ts';
import { makeStoredContexts } from './commands/packet-data.ts';
import type { MessageStorage } from './message-storage.ts';
import { makeMessageStorage } from './message-storage.ts';
import type { RadioSettings } from './radio-settings.ts';
import { makeRadioSettings, radioTechnologies } from './radio-settings.ts';
import type { SimPin } from './sim-pins.ts';
import { makeSimPin } from './sim-pins.ts';
import type { ModemVendor } from './vendors/modem-vendor.ts';

/** What a modem and the card in it keep without power. */
export type ModemMemory = {
  /** Each profile has a PIN of its own. */
  pinOf(iccid: string): SimPin;
  /** `ME` is the modem's own storage, all others are those of profiles by their numbers. */
  messages(of: string): MessageStorage;
  readonly contexts: StoredContexts;
  readonly radio: RadioSettings;
  /** What it was told, by the name of the setting. */
  readonly settings: Map<string, string>;
  /** Writes down what has changed. @throws Error of the file system */
  save(): void;
};

const technology = z.enum(radioTechnologies);
const kept = z.object({
  /** Settings of another maker's modem are none for this one. */
  model: z.string(),
  pins: z.record(z.string(), z.object({ pin: z.string(), requested: z.boolean(), pinLeft: z.int(), pukLeft: z.int() })),
  messages: z.record(
    z.string(),
    z.array(z.object({ index: z.int(), pdu: z.string(), tpduLength: z.int(), stat: z.union([z.literal(0), z.literal(1)]) })),
  ),
  contexts: z.array(z.object({ cid: z.int(), type: z.enum(['IP', 'IPV6', 'IPV4V6']), apn: z.string() })),
  radio: z.object({
    allowed: z.array(technology),
    preferred: technology.nullable(),
    bands: z.partialRecord(technology, z.array(z.int())),
  }),
  settings: z.record(z.string(), z.string()),
});
type Kept = z.infer<typeof kept>;

const fileName = 'modem.json';
const places = { own: 50, card: 10 } as const;

/** @param folder null: it is forgotten at the end. @throws Error where the file in the folder is none of ours */
export function makeModemMemory({ model, bands }: Pick<ModemVendor, 'model' | 'bands'>, folder: string | null): ModemMemory {
  const before = folder === null ? null : read(join(folder, fileName));
  const own = before?.model === model ? before : null;
  const pins = new Map(Object.entries(before?.pins ?? {}).map(([iccid, pin]) => [iccid, makeSimPin(pin)]));
  const storages = new Map(Object.entries(before?.messages ?? {}).map(([of, entries]) => [of, makeMessageStorage(placesOf(of), entries)]));
  const contexts: StoredContexts =
    before === null ? makeStoredContexts() : new Map(before.contexts.map(({ cid, ...context }) => [cid, context]));
  const radio: RadioSettings = own === null ? makeRadioSettings(bands) : own.radio;
  const settings = new Map(Object.entries(own?.settings ?? {}));
  let written = before === null ? '' : JSON.stringify(before);

  function snapshot(): Kept {
    return {
      model,
      pins: Object.fromEntries([...pins].map(([iccid, pin]) => [iccid, pin.state()])),
      messages: Object.fromEntries(
        [...storages].map(([of, storage]) => [of, storage.entries().map(([index, message]) => ({ index, ...message }))]),
      ),
      contexts: [...contexts].map(([cid, context]) => ({ cid, ...context })),
      radio: { ...radio, allowed: [...radio.allowed], bands: copyBands(radio.bands) },
      settings: Object.fromEntries(settings),
    };
  }

  return {
    pinOf(iccid) {
      const pin = pins.get(iccid) ?? makeSimPin();
      pins.set(iccid, pin);
      return pin;
    },
    messages(of) {
      const storage = storages.get(of) ?? makeMessageStorage(placesOf(of));
      storages.set(of, storage);
      return storage;
    },
    contexts,
    radio,
    settings,
    save() {
      if (folder === null) return;
      const text = JSON.stringify(snapshot());
      if (text === written) return;
      written = text;
      mkdirSync(folder, { recursive: true });
      const path = join(folder, fileName);
      writeFileSync(`${path}.new`, text, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

function placesOf(storage: string): number {
  return storage === 'ME' ? places.own : places.card;
}

function copyBands(bands: RadioSettings['bands']): Kept['radio']['bands'] {
  return Object.fromEntries(Object.entries(bands).map(([name, numbers]) => [name, [...numbers]]));
}

function read(path: string): Kept | null {
  try {
    return kept.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
