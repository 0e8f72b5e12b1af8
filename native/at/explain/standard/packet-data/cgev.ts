import type { LineDecoder } from '../../explanation.ts';
import { decodePacketEvent } from './decode-packet-event.ts';

export const cgev: readonly LineDecoder[] = [
  { kind: 'cgev', names: ['+CGEV'], specification: '3GPP TS 27.007 §10.1.19', decode: decodePacketEvent, decodeBare: decodePacketEvent },
];
