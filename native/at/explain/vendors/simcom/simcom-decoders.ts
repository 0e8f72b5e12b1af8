import type { LineDecoder } from '../../explanation.ts';
import { cgpsinfo } from './cgpsinfo.ts';
import { cnsmod } from './cnsmod.ts';
import { cpsi } from './cpsi.ts';
import { missedCall } from './missed-call.ts';
import { rxdtmf } from './rxdtmf.ts';
import { simcard } from './simcard.ts';
import { voiceCall } from './voice-call.ts';

export const simcomDecoders: readonly LineDecoder[] = [...cpsi, ...cgpsinfo, ...cnsmod, ...simcard, ...rxdtmf, ...missedCall, ...voiceCall];
