import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';

export const uauthreq: readonly LineDecoder[] = [
  {
    kind: 'uauthreq-test',
    names: ['+UAUTHREQ'],
    specification: 'u-blox cellular modules AT commands manual, +UAUTHREQ',
    form: 'test',
    decode: (rest) => ({ auth: numbersOf(splitGroups(rest)[1]).flatMap((number) => ['none', 'pap', 'chap', 'auto'][number] ?? []) }),
  },
];
