import type { LineDecoder } from '../../explanation.ts';
import { handedOver } from './handed-over.ts';
import { withBody } from './message-body.ts';

export const cds: readonly LineDecoder[] = [
  { kind: 'cds', names: ['+CDS'], specification: '3GPP TS 27.005 §3.4.1', decode: handedOver, body: withBody },
];
