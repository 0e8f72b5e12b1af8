import { expect, it } from 'vitest';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { readTlvs } from '#native/euicc/tlv/tlv-reader.ts';
import { lebAsia } from '../sample.ts';
import { child } from './chip-fixture.ts';
import type { Order } from './order.ts';
import { makeProfilePackage } from './profile-package.ts';
import { sampleOrders } from './sample-orders.ts';

const order = sampleOrders[0] as Order;

it.each([1024, 1200, 4096, 12_065, 65_480, 65_536, 65_540])('a package of %i bytes has its elements in order', (size) => {
  const bytes = makeProfilePackage({ ...order.profile, size });
  expect(bytes).toHaveLength(size);
  const elements = readTlvs(bytes);
  expect(elements.map(({ tag }) => tag)).toEqual([0xa0, 0xb0, 0xb3, 0xa4, 0xa8, 0xaa]);
  const [header, , usim] = elements;
  if (header === undefined || usim === undefined) throw new Error('elements');
  expect(bytesToHex(child(header, 0x83).value)).toBe(`${lebAsia.iccid}F`);
  expect(bytesToHex(child(child(usim, 0xa3), 0x83).value)).toBe('080910100000841219');
});
