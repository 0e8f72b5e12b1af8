import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';
import { systemFields } from './system-fields.ts';

export const sysinfo: readonly LineDecoder[] = [
  {
    kind: 'sysinfo',
    names: ['^SYSINFO'],
    specification: 'Huawei AT command interface specification, ^SYSINFO',
    decode: (rest) =>
      readFields(rest, [
        systemFields.srvStatus,
        systemFields.srvDomain,
        systemFields.roamStatus,
        ['sysMode', whole],
        systemFields.simState,
        ['lockState', whole],
        ['sysSubmode', whole],
      ]),
  },
];
