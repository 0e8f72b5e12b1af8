import { decodeUcs2 } from '../../charset.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

function memory(text: string): string | null {
  const name = decodeUcs2(text).toUpperCase();
  return ['SM', 'ME', 'MT', 'SR', 'BM', 'TA'].includes(name) ? name.toLowerCase() : name === '' ? null : 'unknown';
}

export function storedAt(kind: string, specification: string): LineDecoder {
  return {
    kind,
    names: [`+${kind.toUpperCase()}`],
    specification,
    decode: (rest) =>
      readFields(
        rest,
        [
          ['memory', memory],
          ['index', whole],
        ],
        2,
      ),
  };
}
