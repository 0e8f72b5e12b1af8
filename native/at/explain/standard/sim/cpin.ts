import { simStateOfError, simStateOfWords } from '../../../commands/sim-state.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { codes } from './pin-codes.ts';

function lockOf(code: string): string {
  return code === 'READY' ? 'none' : codes.has(code) ? code.toLowerCase().replaceAll(' ', '-') : 'unknown';
}

function decodePin(rest: string): ExplainedFields | null {
  const words = rest.replace(/^"|"$/g, '').trim().toUpperCase();
  if (words === '') return null;
  return { state: simStateOfWords(words), lock: lockOf(words), pinCodeStatus: codes.has(words) ? words : null };
}

export const cpin: readonly LineDecoder[] = [
  {
    kind: 'cpin',
    names: ['+CPIN'],
    specification: '3GPP TS 27.007 §8.3',
    decode: decodePin,
    decodeError: (code) => ({ state: simStateOfError(code), lock: errorLocks.get(code ?? -1) ?? 'unknown', pinCodeStatus: null }),
  },
];

/** What an error of `AT+CPIN?` asks for (3GPP TS 27.007 §9.2.1). */
const errorLocks: ReadonlyMap<number, string> = new Map([
  [5, 'ph-sim-pin'],
  [6, 'ph-fsim-pin'],
  [7, 'ph-fsim-puk'],
  [11, 'sim-pin'],
  [12, 'sim-puk'],
  [17, 'sim-pin2'],
  [18, 'sim-puk2'],
  [40, 'ph-net-pin'],
  [41, 'ph-net-puk'],
  [42, 'ph-netsub-pin'],
  [43, 'ph-netsub-puk'],
  [44, 'ph-sp-pin'],
  [45, 'ph-sp-puk'],
  [46, 'ph-corp-pin'],
  [47, 'ph-corp-puk'],
]);
