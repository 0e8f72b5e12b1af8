import type { LineDecoder } from '../../explanation.ts';
import { c5greg } from './c5greg.ts';
import { cereg } from './cereg.ts';
import { cgreg } from './cgreg.ts';
import { creg } from './creg.ts';

export const registrationDecoders: readonly LineDecoder[] = [...creg, ...cgreg, ...cereg, ...c5greg];
