import type { LineDecoder } from '../../explanation.ts';
import { ceer } from './ceer.ts';
import { cfun } from './cfun.ts';
import { ciev } from './ciev.ts';
import { cind } from './cind.ts';
import { cmee } from './cmee.ts';
import { cmer } from './cmer.ts';
import { cpas } from './cpas.ts';
import { cscs } from './cscs.ts';
import { ifc } from './ifc.ts';

export const functionalityDecoders: readonly LineDecoder[] = [
  ...cfun,
  ...cpas,
  ...cmer,
  ...cind,
  ...ciev,
  ...cscs,
  ...ceer,
  ...cmee,
  ...ifc,
];
