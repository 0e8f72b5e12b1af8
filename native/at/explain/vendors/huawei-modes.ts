import { splitFields } from '../../line-fields.ts';
import { hexMask } from '../bands.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups, wordsOf } from '../groups.ts';
import { whole, word } from '../readers.ts';

const manual = 'Huawei AT command interface specification';

/** Masks that stand for "whatever the device has". */
const everyBand: ReadonlySet<bigint> = new Set([0x3fffffffn, 0x7fffffffffffffffn]);

function maskText(text: string): string | null {
  return hexMask(text)?.toString(16) ?? null;
}

/** All that a group of `(mask,"names")` holds together, without the mask for everything. */
function allMasks(group: string | undefined): string {
  let all = 0n;
  for (const inner of splitGroups(group ?? '')) {
    const mask = hexMask(splitFields(inner)[0] ?? '');
    if (mask !== null && !everyBand.has(mask)) all |= mask;
  }
  return all.toString(16);
}

const bothModes = ['3g', '2g'];

/** `<mode>` and `<acqorder>` of `^SYSCFG`. */
function systemMode(mode: number | null, order: number | null): ExplainedFields | null {
  if (mode === 13) return { allowed: ['2g'], preferred: [] };
  if (mode === 14) return { allowed: ['3g'], preferred: [] };
  if (mode !== 2) return null;
  return { allowed: bothModes, preferred: order === 1 ? ['2g'] : order === 2 ? ['3g'] : [] };
}

const generations: Readonly<Record<string, string>> = { '01': '2g', '02': '3g', '03': '4g', '08': '5g' };

/** `0302`: LTE first, then UTRA. `00` is left to the device. */
function searchOrder(order: string): readonly string[] | null {
  if (!/^(?:\d\d){1,8}$/.test(order) || order === '99') return null;
  return [...order.matchAll(/../g)].flatMap(([pair]) => generations[pair] ?? []);
}

function preferredFirst(allowed: readonly string[]): ExplainedFields {
  return { allowed, preferred: allowed.length > 1 ? allowed.slice(0, 1) : [] };
}

const preferredModes: ReadonlyMap<number, ExplainedFields> = new Map([
  [2, { allowed: bothModes, preferred: ['2g'] }],
  [4, { allowed: bothModes, preferred: ['3g'] }],
  [8, { allowed: bothModes, preferred: [] }],
]);

export const huaweiModeDecoders: readonly LineDecoder[] = [
  {
    kind: 'prefmode-test',
    names: ['^PREFMODE'],
    specification: manual,
    form: 'test',
    decode(rest) {
      const modes = numbersOf(splitGroups(rest)[0]).flatMap((prefmode) => {
        const mode = preferredModes.get(prefmode);
        return mode === undefined ? [] : [{ prefmode, ...mode }];
      });
      return modes.length === 0 ? null : { modes };
    },
  },
  { kind: 'prefmode', names: ['^PREFMODE'], specification: manual, decode: (rest) => preferredModes.get(whole(rest) ?? -1) ?? null },
  {
    kind: 'syscfg-test',
    names: ['^SYSCFG'],
    specification: manual,
    form: 'test',
    decode(rest) {
      const [modes, orders, masks] = splitGroups(rest);
      const found = numbersOf(modes).flatMap((mode) => {
        // Where only one technology is allowed, the order has nothing to choose.
        const useful = mode === 2 ? numbersOf(orders) : numbersOf(orders).slice(0, 1);
        return useful.flatMap((acqorder) => {
          const named = systemMode(mode, acqorder);
          return named === null ? [] : [{ mode, acqorder, ...named }];
        });
      });
      return found.length === 0 ? null : { modes: found, bandsHex: allMasks(masks) };
    },
  },
  {
    kind: 'syscfg',
    names: ['^SYSCFG'],
    specification: manual,
    decode(rest) {
      const [mode = '', order = '', mask = '', roam = '', domain = ''] = splitFields(rest);
      const named = systemMode(whole(mode), whole(order));
      return named === null ? null : { ...named, bandsHex: maskText(mask), roam: whole(roam), srvdomain: whole(domain) };
    },
  },
  {
    kind: 'syscfgex-test',
    names: ['^SYSCFGEX'],
    specification: manual,
    form: 'test',
    decode(rest) {
      const [orders, masks, , , lteMasks] = splitGroups(rest);
      const known = wordsOf(orders).filter((order) => searchOrder(order) !== null);
      const all = [...new Set(known.flatMap((order) => searchOrder(order) ?? []))].toSorted().toReversed();
      const modes = known.map((mode) => {
        const allowed = searchOrder(mode) ?? [];
        return { mode, ...(mode === '00' ? { allowed: all, preferred: [] } : preferredFirst(allowed)) };
      });
      return modes.length === 0 ? null : { modes, gsmUmtsBandsHex: allMasks(masks), lteBandsHex: allMasks(lteMasks) };
    },
  },
  {
    kind: 'syscfgex',
    names: ['^SYSCFGEX'],
    specification: manual,
    decode(rest) {
      const [order = '', band = '', roam = '', domain = '', lteband = ''] = splitFields(rest);
      const allowed = searchOrder(order);
      if (allowed === null) return null;
      return {
        acqorder: order,
        ...preferredFirst(allowed),
        band: word(band),
        roam: whole(roam),
        srvdomain: whole(domain),
        lteband: word(lteband),
      };
    },
  },
];
