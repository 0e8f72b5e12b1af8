import type { ModemContext } from '../modem-state.ts';
import { makeRadioSettings } from '../radio-settings.ts';
import { makeStoredContexts } from './packet-data.ts';

/** What a modem was told and keeps over a restart, by the name of the setting. */
const stored = new WeakMap<ModemContext, Map<string, string>>();

export function readSetting(modem: ModemContext, name: string, factory: string): string {
  return stored.get(modem)?.get(name) ?? factory;
}

export function keepSetting(modem: ModemContext, name: string, value: string): void {
  const settings = stored.get(modem) ?? new Map<string, string>();
  settings.set(name, value);
  stored.set(modem, settings);
}

/** As it left the factory. */
export function forgetSettings(modem: ModemContext): void {
  stored.delete(modem);
  Object.assign(modem.radio, makeRadioSettings(modem.kind.vendor.bands));
  modem.contexts.clear();
  for (const [cid, context] of makeStoredContexts()) modem.contexts.set(cid, context);
}
