/** The frequency bands of a bit mask, its lowest bit being the band `first`. Masks of LTE have more bits than a number holds. */
export function bandsOfMask(mask: bigint, prefix: 'utran' | 'eutran' | 'ngran', first = 1): readonly string[] {
  const bands: string[] = [];
  for (let bit = 0n; bit < 128n && mask >> bit !== 0n; bit += 1n) {
    if (((mask >> bit) & 1n) === 1n) bands.push(`${prefix}-${first + Number(bit)}`);
  }
  return bands;
}

/** A mask in hexadecimal digits, with or without `0x`; null where it is none. */
export function hexMask(text: string): bigint | null {
  return /^(?:0x)?[0-9a-f]{1,32}$/i.test(text) ? BigInt(`0x${text.replace(/^0x/i, '')}`) : null;
}

/** A mask in decimal. */
export function decimalMask(text: string): bigint | null {
  return /^\d{1,38}$/.test(text) ? BigInt(text) : null;
}

/** GSM bands by their frequency in MHz. */
export const gsmBands: ReadonlyMap<number, string> = new Map([
  [850, 'g850'],
  [900, 'egsm'],
  [1800, 'dcs'],
  [1900, 'pcs'],
]);

/**
 * Bands as u-blox and Intel number them: GSM by its frequency, UTRA by its number, E-UTRA by its number and 100, NR by its number and 500.
 */
export function numberedBand(number: number): string | null {
  const gsm = gsmBands.get(number);
  if (gsm !== undefined) return gsm;
  if (number >= 1 && number < 100) return `utran-${number}`;
  if (number > 100 && number < 400) return `eutran-${number - 100}`;
  return number > 500 && number < 800 ? `ngran-${number - 500}` : null;
}

type Span = readonly [first: number, last: number, band: number];

/** Downlink channel numbers of E-UTRA, 3GPP TS 36.101 table 5.7.3-1. */
const eutraChannels: readonly Span[] = [
  [0, 599, 1],
  [600, 1199, 2],
  [1200, 1949, 3],
  [1950, 2399, 4],
  [2400, 2649, 5],
  [2750, 3449, 7],
  [3450, 3799, 8],
  [5010, 5179, 12],
  [5180, 5279, 13],
  [5280, 5379, 14],
  [5730, 5849, 17],
  [5850, 5999, 18],
  [6000, 6149, 19],
  [6150, 6449, 20],
  [6450, 6599, 21],
  [8040, 8689, 25],
  [8690, 9039, 26],
  [9210, 9659, 28],
  [9660, 9769, 29],
  [9770, 9869, 30],
  [9920, 10359, 32],
  [36200, 36349, 34],
  [37750, 38249, 38],
  [38250, 38649, 39],
  [38650, 39649, 40],
  [39650, 41589, 41],
  [41590, 43589, 42],
  [43590, 45589, 43],
  [46790, 54539, 46],
  [55240, 56739, 48],
  [66436, 67335, 66],
  [68586, 68935, 71],
];

/** Of NR, 3GPP TS 38.104 table 5.4.2.3-1. Bands overlap; the wider one, in use in more countries, comes first. */
const nrChannels: readonly Span[] = [
  [422000, 434000, 1],
  [361000, 376000, 3],
  [386000, 398000, 2],
  [173800, 178800, 5],
  [499200, 537999, 41],
  [185000, 192000, 8],
  [151600, 160600, 28],
  [158200, 164200, 20],
  [422000, 440000, 66],
  [123400, 130400, 71],
  [460000, 480000, 40],
  [620000, 653333, 78],
  [653334, 680000, 77],
  [693334, 733333, 79],
];

/** The band that a downlink channel number lies in; null where the table has none. */
export function bandOfChannel(technology: 'LTE' | 'NR', channel: number | null): number | null {
  if (channel === null) return null;
  const spans = technology === 'LTE' ? eutraChannels : nrChannels;
  return spans.find(([first, last]) => channel >= first && channel <= last)?.[2] ?? null;
}
