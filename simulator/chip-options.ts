import type { SampleProfile } from './sample.ts';
import { benchTest, harbourHoliday, lebAsia, lebEurope, lebGlobal, meadowPersonal } from './sample.ts';
import { UsageError } from './usage-error.ts';

/**
 * The first `count` of the sample profiles, the given ones first; without a number just the given ones.
 * @throws UsageError where it is no number or there are not that many
 */
export function chooseProfiles(first: readonly SampleProfile[], count: string | undefined): readonly SampleProfile[] {
  if (count === undefined) return first;
  const rest = [lebGlobal, lebEurope, lebAsia, meadowPersonal, harbourHoliday, benchTest].filter((profile) => !first.includes(profile));
  const all = [...first, ...rest];
  if (!/^\d+$/.test(count) || Number(count) > all.length) throw new UsageError(`--profiles is a number from 0 to ${all.length}.`);
  return all.slice(0, Number(count));
}

/** `HOST:PORT`. @throws UsageError where it is none */
export function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const parts = /^(\[[0-9a-fA-F:]+\]|[^:\s]+):(\d{1,5})$/.exec(text);
  const port = Number(parts?.[2] ?? 0);
  if (parts?.[1] === undefined || port < 1 || port > 65_535) throw new UsageError(`"${text}" is not HOST:PORT.`);
  return { host: parts[1].replaceAll(/[[\]]/g, ''), port };
}
