import type { LineDecoder } from '../../explanation.ts';
import { cgact } from './cgact.ts';
import { cgauth } from './cgauth.ts';
import { cgcontrdp } from './cgcontrdp.ts';
import { cgdcont } from './cgdcont.ts';
import { cgerep } from './cgerep.ts';
import { cgev } from './cgev.ts';
import { cgpaddr } from './cgpaddr.ts';

export const packetDataDecoders: readonly LineDecoder[] = [...cgdcont, ...cgact, ...cgpaddr, ...cgcontrdp, ...cgerep, ...cgauth, ...cgev];
