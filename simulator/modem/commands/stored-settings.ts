import type { ModemContext } from '../modem-state.ts';
import { makeRadioSettings } from '../radio-settings.ts';
import { makeStoredContexts } from './packet-data.ts';

export function readSetting({ settings }: ModemContext, name: string, factory: string): string {
  return settings.get(name) ?? factory;
}

export function keepSetting({ settings }: ModemContext, name: string, value: string): void {
  settings.set(name, value);
}

/** As it left the factory. */
export function forgetSettings({ settings, radio, contexts, kind }: ModemContext): void {
  settings.clear();
  Object.assign(radio, makeRadioSettings(kind.vendor.bands));
  contexts.clear();
  for (const [cid, context] of makeStoredContexts()) contexts.set(cid, context);
}
