import type { LineDecoder } from '../../explanation.ts';
import { networkTime } from '../../standard/clock/network-time.ts';

export const time: readonly LineDecoder[] = [
  {
    kind: 'huawei-time',
    names: ['^TIME'],
    specification: 'Huawei AT command interface specification, ^TIME',
    decode: (rest) => (/^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d$/.test(rest) ? networkTime(rest) : null),
  },
];
