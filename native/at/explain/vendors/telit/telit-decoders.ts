import type { LineDecoder } from '../../explanation.ts';
import { bnd } from './bnd.ts';
import { qss } from './qss.ts';
import { rfsts } from './rfsts.ts';
import { swpkgv } from './swpkgv.ts';

export const telitDecoders: readonly LineDecoder[] = [...bnd, ...rfsts, ...qss, ...swpkgv];
