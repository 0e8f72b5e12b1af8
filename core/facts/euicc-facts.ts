/** What is known of a chip from outside: who made it, whose certificates it trusts, and as what it is sold. */
import type { Language } from '#contract/common.ts';
import products from '#resources/facts/card-products.json' with { type: 'json' };
import ciRoots from '#resources/facts/ci-roots.json' with { type: 'json' };
import eums from '#resources/facts/eums.json' with { type: 'json' };
import { countryOfEid } from './eid.ts';

export type LocalizedName = Readonly<Record<Language, string>>;

/** Who made an eUICC (the EUM): the name, or only the country it comes from (ISO 3166 alpha-2). */
export type Eum = { readonly name: LocalizedName | null; readonly country: string | null };

/** Whose root a key belongs to. `hint`: only the beginning of the key identifier is known, so another key may share it. */
export type CiRoot = {
  readonly name: LocalizedName;
  readonly kind: 'live' | 'national' | 'vendor' | 'test';
  readonly country: string | null;
  readonly hint: boolean;
};

type CardProductFacts = {
  readonly brand: string;
  readonly isdrAids: readonly string[];
  readonly atrPart: string | null;
  readonly eidStarts: readonly string[];
  /** In ascending order of the first firmware of each. */
  readonly versions: readonly { readonly name: string; readonly firmware: string }[];
};
type EumFacts = {
  readonly name: LocalizedName;
  readonly country: string | null;
  readonly eidPrefixes: readonly string[];
  readonly sasSites: readonly string[];
};

// An empty list in JSON has no type of its own.
const knownProducts: readonly CardProductFacts[] = products;
const knownEums: readonly EumFacts[] = eums;
const keyIdLength = 40;

/**
 * The maker, from the first eight digits of the EID (SGP.02 §2.2.2), else from the accreditation number in EUICCInfo2 (`GD-BA-UP-0419`:
 * maker and site come first). Where neither is known, the country that the EID names; null without that.
 */
export function eumOf(eid: string, sasAccreditationNumber: string | null = null): Eum | null {
  const issuer = eid.slice(0, 8);
  const site = sasAccreditationNumber?.trim().slice(0, 5).toUpperCase() ?? '';
  const found =
    knownEums.find(({ eidPrefixes }) => eidPrefixes.includes(issuer)) ?? knownEums.find(({ sasSites }) => sasSites.includes(site));
  if (found !== undefined) return { name: found.name, country: found.country };
  const country = countryOfEid(eid);
  return country === null ? null : { name: null, country };
}

/** The root with this subject key identifier, hex in either case. */
export function ciRootOf(keyId: string): CiRoot | null {
  const wanted = keyId.toUpperCase();
  if (wanted.length !== keyIdLength) return null;
  // A whole identifier before the beginning of one.
  const found = ciRoots.find((root) => root.keyId === wanted) ?? ciRoots.find((root) => wanted.startsWith(root.keyId));
  if (found === undefined) return null;
  return { name: found.name, kind: found.kind as CiRoot['kind'], country: found.country, hint: found.keyId.length < keyIdLength };
}

/**
 * What a removable eUICC is sold as, by the AID of its ISD-R, its ATR or its EID (hex in either case); with the version, where the firmware
 * tells it.
 */
export function productOf(card: {
  readonly eid: string;
  readonly isdrAid: string;
  readonly atr: string | null;
  readonly firmwareVersion: string;
}): LocalizedName | null {
  const aid = card.isdrAid.toUpperCase();
  const atr = card.atr?.toUpperCase() ?? '';
  const found = knownProducts.find(
    ({ isdrAids, atrPart, eidStarts }) =>
      isdrAids.includes(aid) || (atrPart !== null && atr.includes(atrPart)) || eidStarts.some((start) => card.eid.startsWith(start)),
  );
  if (found === undefined) return null;
  // A firmware between two versions belongs to the older one.
  const version = found.versions.findLast(({ firmware }) => compareVersions(card.firmwareVersion, firmware) >= 0);
  const name = version === undefined ? found.brand : `${found.brand} ${version.name}`;
  return { en: name, 'zh-CN': name };
}

function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  const difference = [0, 1, 2].map((place) => (left?.[place] ?? 0) - (right?.[place] ?? 0)).find((value) => value !== 0);
  return difference ?? 0;
}
