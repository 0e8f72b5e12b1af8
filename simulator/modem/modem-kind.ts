import { UsageError } from '../usage-error.ts';
import type { ModemTraits } from './modem-traits.ts';
import { knownTraits, ordinaryTraits } from './modem-traits.ts';
import { fibocomIntel } from './vendors/fibocom-intel.ts';
import { fibocom } from './vendors/fibocom.ts';
import { generic } from './vendors/generic.ts';
import { huawei } from './vendors/huawei.ts';
import { meig } from './vendors/meig.ts';
import type { ModemVendor } from './vendors/modem-vendor.ts';
import { nordic } from './vendors/nordic.ts';
import { quectel } from './vendors/quectel.ts';
import { sierra } from './vendors/sierra.ts';
import { simcom } from './vendors/simcom.ts';
import { telit } from './vendors/telit.ts';
import { uBlox } from './vendors/u-blox.ts';
import { zte } from './vendors/zte.ts';

/** Which modem it is, and where it is awkward. */
export type ModemKind = {
  /** As on the command line. */
  readonly text: string;
  readonly vendor: ModemVendor;
  readonly traits: ModemTraits;
};

/** By the names of the command line. */
export const knownVendors: Readonly<Record<string, ModemVendor>> = {
  quectel,
  generic,
  simcom,
  fibocom,
  fibocomIntel,
  sierra,
  telit,
  'u-blox': uBlox,
  huawei,
  zte,
  nordic,
  meig,
};

/**
 * `fibocom`, `sierra+staleIccid`, `bareCcho+noCchc`, `slowWrites=4000`: a vendor and traits, joined by plus signs. Without a vendor it is the
 * first one.
 * @throws UsageError that names what it does not know
 */
export function parseModemKind(text: string): ModemKind {
  const parts = text
    .split('+')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const named = parts.filter((part) => Object.hasOwn(knownVendors, part));
  if (named.length > 1) throw new UsageError(`A modem has one vendor, not ${named.join(' and ')}.`);
  const vendor = knownVendors[named[0] ?? ''] ?? quectel;
  const changes = parts.filter((part) => !named.includes(part)).map(parseTrait);
  return { text: parts.join('+'), vendor, traits: Object.assign({}, ordinaryTraits, vendor.traits, ...changes) };
}

function parseTrait(part: string): Partial<ModemTraits> {
  const [name = '', value, ...rest] = part.split('=');
  const trait = Object.hasOwn(knownTraits, name) && rest.length === 0 ? knownTraits[name] : undefined;
  if (trait === undefined) throw new UsageError(`Unknown kind of modem "${part}". Known:\n${listModemKinds()}`);
  if (value === undefined) return trait.change;
  const { number } = trait;
  if (number === undefined) throw new UsageError(`"${name}" takes no number.`);
  if (!/^\d{1,6}$/.test(value) || Number(value) > number.most) {
    throw new UsageError(`"${name}=N" takes a number from 0 to ${number.most}.`);
  }
  return { ...trait.change, [number.field]: Number(value) };
}

/** Vendors and traits, one line each. */
export function listModemKinds(): string {
  const makers = Object.entries(knownVendors).map(([name, { manufacturer, model }]) => [name, `${manufacturer} ${model}`] as const);
  const traits = Object.entries(knownTraits).map(
    ([name, { about, number }]) => [number === undefined ? name : `${name}[=N]`, about] as const,
  );
  return [...makers, ...traits].map(([name, about]) => `  ${name.padEnd(20)}${about}`).join('\n');
}
