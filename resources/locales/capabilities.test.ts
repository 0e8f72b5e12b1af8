import { expect, test } from 'vitest';
import { getEuiccInfo2 } from '#native/euicc/es10/get-euicc-info2.ts';
import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import chinese from './zh-CN/capabilities.json' with { type: 'json' };
import english from './en/capabilities.json' with { type: 'json' };

const version = Uint8Array.of(2, 5, 0);
const bits = encodeBitString(Array.from({ length: 64 }, (_, bit) => bit));
/** A chip that says that it can do everything. */
const { uiccCapabilities, rspCapabilities } = getEuiccInfo2.decode(
  encodeTlv(0xbf22, ...[0x81, 0x82, 0x83].map((tag) => encodeTlv(tag, version)), encodeTlv(0x85, bits), encodeTlv(0x88, bits)),
);
const named = (names: readonly string[]): readonly string[] => names.filter((name) => !/^bit\d+$/u.test(name)).toSorted();

test('every capability that a chip can name has its words, and there are none for what does not exist', () => {
  for (const words of [english, chinese]) {
    expect(Object.keys(words.uicc).toSorted()).toEqual(named(uiccCapabilities));
    expect(Object.keys(words.rsp).toSorted()).toEqual(named(rspCapabilities));
  }
});
