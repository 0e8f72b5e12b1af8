import { LebError } from '#contract/errors.ts';
import { holdsCertificates } from '#native/rsp/http/trusted-roots.ts';
import { settings as settingsSchema, type Settings } from '#contract/desk/account.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { Store } from '../store/store.ts';

export type SettingsKeeper = {
  readonly settings: Publisher<Settings>;
  /** Writes what is given and keeps the rest. @throws LebError STORE_FAILED; INPUT_INVALID for roots that are no certificates */
  update(change: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }): Settings;
};

export const defaultSettings: Settings = { language: 'system', theme: 'system', technicianMode: false, testRoots: '' };

/** A stored value that is no longer valid counts as not set. */
export function createSettingsKeeper(store: Store): SettingsKeeper {
  let present = defaultSettings;
  for (const { name, value } of store.all('select name, value from setting')) {
    const candidate = settingsSchema.safeParse({ ...present, [String(name)]: parse(value) });
    if (candidate.success) present = candidate.data;
  }
  const settings = createPublisher(present);
  return {
    settings,
    update(change) {
      if (change.testRoots !== undefined && change.testRoots.trim() !== '' && !holdsCertificates(change.testRoots))
        throw new LebError('INPUT_INVALID', { field: 'testRoots' });
      const next = settingsSchema.parse({ ...settings.value, ...withoutUndefined(change) });
      for (const [name, value] of Object.entries(next)) {
        store.run('insert into setting (name, value) values ($name, $value) on conflict (name) do update set value = excluded.value', {
          name,
          value: JSON.stringify(value),
        });
      }
      settings.publish(next);
      return next;
    },
  };
}

function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function parse(value: string | number | null | undefined): unknown {
  try {
    return JSON.parse(String(value)) as unknown;
  } catch {
    return undefined;
  }
}
