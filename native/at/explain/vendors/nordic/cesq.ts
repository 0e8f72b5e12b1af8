import type { LineDecoder } from '../../explanation.ts';
import { signed, whole } from '../../readers.ts';
import { fieldsOf } from './fields-of.ts';
import { signalQuality } from './signal-quality.ts';

export const cesq: readonly LineDecoder[] = [
  {
    kind: 'nrf-cesq',
    names: ['%CESQ'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %CESQ',
    decode(rest) {
      const [level = '', levelStep = '', quality = '', qualityStep = ''] = fieldsOf(rest);
      if (signed(level) === null || signed(quality) === null) return null;
      return {
        signalQuality: {
          ...signalQuality(level, quality),
          rsrpThresholdIndex: whole(levelStep),
          rsrqThresholdIndex: whole(qualityStep),
        },
      };
    },
  },
];
