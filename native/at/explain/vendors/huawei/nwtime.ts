import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';
import { networkTime } from '../../standard/clock/network-time.ts';

export const nwtime: readonly LineDecoder[] = [
  {
    kind: 'nwtime',
    names: ['^NWTIME'],
    specification: 'Huawei AT command interface specification, ^NWTIME',
    decode(rest) {
      const time = networkTime(rest);
      const saving = whole(splitFields(rest)[2] ?? '');
      return time === null ? null : { ...time, dstOffsetMinutes: saving === null ? null : saving * 60 };
    },
  },
];
