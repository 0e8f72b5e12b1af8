import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { choice } from '../../readers.ts';
import { activeTime, extendedPeriodicUpdate, periodicUpdate, timerOf } from './power-saving-timers.ts';

export const cpsms: readonly LineDecoder[] = [
  {
    kind: 'cpsms',
    names: ['+CPSMS'],
    specification: '3GPP TS 27.007 §7.38',
    decode(rest) {
      const [mode = '', routing = '', ready = '', periodic = '', active = ''] = splitFields(rest);
      const enabled = choice(['disabled', 'enabled', 'disabled-and-discarded'])(mode);
      if (enabled === null) return null;
      return {
        mode: enabled,
        requestedRoutingAreaUpdate: timerOf(routing, extendedPeriodicUpdate),
        requestedReadyTimer: timerOf(ready, periodicUpdate),
        requestedPeriodicUpdate: timerOf(periodic, extendedPeriodicUpdate),
        requestedActiveTime: timerOf(active, activeTime),
      };
    },
  },
];
