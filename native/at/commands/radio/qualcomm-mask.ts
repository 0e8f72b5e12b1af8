/**
 * Bits of the band preference of Qualcomm's chips for GSM and UMTS, which Huawei and SIMCom hand on as they are. Two bits stand for one band where
 * GSM 900 is concerned.
 */
const bits: readonly (readonly [bit: number, name: string])[] = [
  [7, 'GSM1800'],
  [8, 'GSM900'],
  [9, 'GSM900'],
  [19, 'GSM850'],
  [21, 'GSM1900'],
  [22, 'U1'],
  [23, 'U2'],
  [24, 'U3'],
  [25, 'U4'],
  [26, 'U5'],
  [27, 'U6'],
  [48, 'U7'],
  [49, 'U8'],
  [50, 'U9'],
];

export function bandsOfQualcommMask(mask: bigint): readonly string[] {
  return bits.flatMap(([bit, name]) => (((mask >> BigInt(bit)) & 1n) === 1n ? [name] : []));
}

export function qualcommMask(names: readonly string[]): bigint {
  return bits.reduce((mask, [bit, name]) => (names.includes(name) ? mask | (1n << BigInt(bit)) : mask), 0n);
}
