import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields, whole } from '../../readers.ts';

function cidAnd(kind: string, field: string, specification: string): LineDecoder {
  return {
    kind,
    names: [`+${kind.toUpperCase()}`],
    specification,
    empty: { contexts: [] },
    decode(rest) {
      const context = readFields(
        rest,
        [
          ['cid', whole],
          [field, flag],
        ],
        2,
      );
      return context === null ? null : { contexts: [context] };
    },
  };
}

export const cgact: readonly LineDecoder[] = [cidAnd('cgact', 'active', '3GPP TS 27.007 §10.1.10')];
