import { addressText } from '../../addresses.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const uipaddr: readonly LineDecoder[] = [
  {
    kind: 'uipaddr',
    names: ['+UIPADDR'],
    specification: 'u-blox cellular modules AT commands manual, +UIPADDR',
    decode: (rest) =>
      readFields(rest, [
        ['cid', whole],
        ['ifName', word],
        ['ipv4Address', addressText],
        ['ipv4Subnet', addressText],
        ['ipv6GlobalAddress', addressText],
        ['ipv6LinkLocalAddress', addressText],
      ]),
  },
];
