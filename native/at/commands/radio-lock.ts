import { answerError } from '../answer-error.ts';
import { fieldsOf } from '../line-fields.ts';

/** A maker's way to ask whether the lock of a laptop's maker (FCC lock) holds the radio off. */
export type RadioLockWay = { readonly line: string; readonly specification: string; decode(lines: readonly string[]): boolean };

/** `<mode>,<status>`: mode 0 is no lock at all, status 1 is unlocked until the modem is switched off. */
export const gtFccStatus: RadioLockWay = {
  line: 'AT+GTFCCEFFSTATUS?',
  specification: 'Fibocom FM350 AT commands manual, AT+GTFCCEFFSTATUS',
  decode(lines) {
    const [mode, status] = fieldsOf(lines, '+GTFCCEFFSTATUS') ?? [];
    if (mode === undefined || status === undefined) throw answerError('+GTFCCEFFSTATUS', lines);
    return mode !== '0' && status === '0';
  },
};

/** Who votes for low power; the vote of the BIOS is the lock. */
export const sierraPowerVotes: RadioLockWay = {
  line: 'AT!PCINFO?',
  specification: 'Sierra Wireless EM74xx and MC74xx AT command reference, AT!PCINFO',
  decode(lines) {
    const vote = lines.map((line) => /\bBIOS\s*:\s*([01])\b/i.exec(line)?.[1]).find((found) => found !== undefined);
    if (vote === undefined) throw answerError('!PCINFO', lines);
    return vote === '1';
  },
};
