import type { LineDecoder } from '../../explanation.ts';
import { hexDigits, namedFields, signed, whole, word } from '../../readers.ts';
import { fieldsOf } from './fields-of.ts';
import { signalQuality } from './signal-quality.ts';

export const coneval: readonly LineDecoder[] = [
  {
    kind: 'nrf-coneval',
    names: ['%CONEVAL'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %CONEVAL',
    decode(rest) {
      const fields = fieldsOf(rest);
      const value = namedFields(fields, [
        ['result', whole],
        ['rrcState', whole],
        ['energyEstimate', whole],
      ]);
      if (value === null) return null;
      const [level = '', quality = '', noise = ''] = fields.slice(3);
      const cell = namedFields(
        fields.slice(6),
        [
          ['cellId', hexDigits],
          ['plmn', word],
          ['physicalCellId', whole],
          ['earfcn', whole],
          ['band', whole],
          ['tauTriggered', whole],
          ['coverageEnhancementLevel', whole],
          ['txPower', signed],
          ['txRepetitions', whole],
          ['rxRepetitions', whole],
          ['dlPathLoss', whole],
        ],
        0,
      );
      return { ...value, signalQuality: signalQuality(level, quality, noise), ...cell };
    },
  },
];
