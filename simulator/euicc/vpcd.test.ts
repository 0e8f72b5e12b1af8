import { array, assert, nat, property } from 'fast-check';
import { expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { makeMessageSplitter } from './vpcd.ts';

it('splits messages wherever the stream is cut', () => {
  const stream = hexToBytes('0001 01 0001 04 0005 0070000001 0000 0002 BF3E');
  assert(
    property(array(nat(stream.length)), (cuts) => {
      const messages: string[] = [];
      const feed = makeMessageSplitter((message) => messages.push(bytesToHex(message)));
      const edges = [0, ...cuts.toSorted((left, right) => left - right), stream.length];
      edges.slice(1).forEach((edge, index) => feed(stream.subarray(edges[index], edge)));
      expect(messages).toEqual(['01', '04', '0070000001', 'BF3E']);
    }),
  );
});
