import type { LineDecoder } from '../../explanation.ts';

export const voiceCall: readonly LineDecoder[] = [
  {
    kind: 'voice-call-urc',
    names: ['VOICE CALL'],
    specification: 'SIMCom AT commands manuals, VOICE CALL',
    decode(rest) {
      const match = /^(BEGIN|END)(?:\s*:\s*(\d{1,9}))?$/i.exec(rest);
      return match?.[1] === undefined
        ? null
        : { begin: match[1].toUpperCase() === 'BEGIN', duration: match[2] === undefined ? null : Number(match[2]) };
    },
  },
];
