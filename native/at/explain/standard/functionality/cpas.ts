import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

export const cpas: readonly LineDecoder[] = [
  {
    kind: 'cpas',
    names: ['+CPAS'],
    specification: '3GPP TS 27.007 §8.1',
    decode(rest) {
      const activityStatus = whole(rest);
      const names = ['ready', 'unavailable', 'unknown', 'ringing', 'call-in-progress', 'asleep'];
      return activityStatus === null ? null : { activityStatus, activity: names[activityStatus] ?? null };
    },
  },
];
