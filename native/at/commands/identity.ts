import { answerError } from '../answer-error.ts';
import type { AtCommand } from '../command.ts';
import { splitFields } from '../line-fields.ts';

/** One of the four identification commands: its answer is one line of text, with or without the command's name in front. */
function identification(name: string, specification: string): AtCommand<void, string> {
  return {
    name,
    specification,
    encode: () => `AT${name}`,
    decode(lines) {
      const text = identityText(lines[0] ?? '');
      if (text === null) throw answerError(name, lines);
      return text;
    },
  };
}

/** `+CGMI: "Maker"`, `Manufacturer: Maker` and `Maker` say the same. */
function identityText(line: string): string | null {
  const bare = line.replace(/^(?:[+^#%][A-Z]+|Manufacturer|Model|Revision|IMEI)\s*:\s*/i, '');
  const text = (bare.startsWith('"') ? (splitFields(bare)[0] ?? '') : bare).trim();
  return text === '' ? null : text.slice(0, 120);
}

export const manufacturerCommand = identification('+CGMI', '3GPP TS 27.007 §5.1');
export const modelCommand = identification('+CGMM', '3GPP TS 27.007 §5.2');
export const revisionCommand = identification('+CGMR', '3GPP TS 27.007 §5.3');

/** IMEI: 15 digits, the last one a check digit (3GPP TS 23.003 §6.2.1). */
export const serialNumberCommand: AtCommand<void, string> = {
  name: '+CGSN',
  specification: '3GPP TS 27.007 §5.4',
  encode: () => 'AT+CGSN',
  decode(lines) {
    for (const line of lines) {
      const match = /^(?:(?:\+CGSN|IMEI)\s*:)?\s*"?(\d{15})"?$/i.exec(line);
      if (match?.[1] !== undefined) return match[1];
    }
    throw answerError('+CGSN', lines);
  },
};

export type IdentityAnswer = {
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly revision: string | null;
  readonly imei: string | null;
};

/**
 * All four in one line. The answers carry no names, so they are told apart by their order; where there are not exactly four lines, or the last
 * is not an IMEI, nothing is guessed and the commands have to be sent one by one.
 */
export const identityCommand: AtCommand<void, IdentityAnswer> = {
  name: '+CGMI;+CGMM;+CGMR;+CGSN',
  specification: '3GPP TS 27.007 §5.1–§5.4',
  encode: () => 'AT+CGMI;+CGMM;+CGMR;+CGSN',
  decode(lines) {
    const [manufacturer, model, revision, imei] = lines;
    if (lines.length !== 4 || manufacturer === undefined || model === undefined || revision === undefined || imei === undefined) {
      throw answerError('+CGMI', lines);
    }
    return {
      manufacturer: identityText(manufacturer),
      model: identityText(model),
      revision: identityText(revision),
      imei: serialNumberCommand.decode([imei]),
    };
  },
};

/** The maker's serial number (`<snt>` = 0), 3GPP TS 27.007 §5.4. */
export const makersSerialNumberCommand: AtCommand<void, string> = {
  name: '+CGSN=0',
  specification: '3GPP TS 27.007 §5.4',
  encode: () => 'AT+CGSN=0',
  decode(lines) {
    const text = identityText(lines[0] ?? '');
    if (text === null) throw answerError('+CGSN', lines);
    return text;
  },
};

/** IMEI with the software version (`<snt>` = 2): sixteen digits (3GPP TS 23.003 §6.2.2). */
export const imeiSvCommand: AtCommand<void, string> = {
  name: '+CGSN=2',
  specification: '3GPP TS 27.007 §5.4',
  encode: () => 'AT+CGSN=2',
  decode(lines) {
    for (const line of lines) {
      const match = /^(?:\+CGSN\s*:)?\s*"?(\d{16})"?$/i.exec(line);
      if (match?.[1] !== undefined) return match[1];
    }
    throw answerError('+CGSN', lines);
  },
};
