import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';
import { systemFields } from './system-fields.ts';

export const sysinfoex: readonly LineDecoder[] = [
  {
    kind: 'sysinfoex',
    names: ['^SYSINFOEX'],
    specification: 'Huawei AT command interface specification, ^SYSINFOEX',
    decode: (rest) =>
      readFields(rest, [
        systemFields.srvStatus,
        systemFields.srvDomain,
        systemFields.roamStatus,
        systemFields.simState,
        ['lockState', whole],
        ['sysMode', whole],
        ['sysModeName', word],
        ['sysSubmode', whole],
        ['sysSubmodeName', word],
      ]),
  },
];
