import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields, whole } from '../../readers.ts';

export const xsystemmode: readonly LineDecoder[] = [
  {
    kind: 'nrf-xsystemmode',
    names: ['%XSYSTEMMODE'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XSYSTEMMODE',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['modemSupportLTEM', flag],
          ['modemSupportNBIoT', flag],
          ['modemSupportGNSS', flag],
          ['modemSystemPreference', whole],
        ],
        3,
      ),
  },
];
