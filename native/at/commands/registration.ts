import { answerError } from '../answer-error.ts';
import { isRegistrationNews } from '../classify-line.ts';
import type { AtCommand } from '../command.ts';
import { afterPrefix, splitFields, wholeNumber } from '../line-fields.ts';
import { accessTechnology, type AccessTechnologyName } from './access-technology.ts';

/** Circuit switched, GPRS, EPS (LTE) and 5GS. */
export type RegistrationDomain = '+CREG' | '+CGREG' | '+CEREG' | '+C5GREG';
export const registrationDomains: readonly RegistrationDomain[] = ['+C5GREG', '+CEREG', '+CGREG', '+CREG'];

export type DomainRegistration = {
  readonly domain: RegistrationDomain;
  readonly state: 'notRegistered' | 'home' | 'searching' | 'denied' | 'unknown' | 'roaming' | 'emergencyOnly';
  readonly areaCode: string | null; // upper-case hex
  readonly cellId: string | null; // upper-case hex
  readonly technology: AccessTechnologyName | null;
  /** The `<AcT>` number itself, for vendors that use it differently. */
  readonly technologyNumber: number | null;
  /** Why the network refused, an EMM or GMM cause (3GPP TS 24.301 §9.9.3.9); only where the modem says so (`AT+CEREG=3`). */
  readonly rejectCause: number | null;
};

/** 3GPP TS 27.007 §10.1.22. "SMS only" and "CSFB not preferred" are registrations all the same. */
const states: readonly DomainRegistration['state'][] = [
  'notRegistered',
  'home',
  'searching',
  'denied',
  'unknown',
  'roaming',
  'home', // 6: SMS only
  'roaming', // 7: SMS only
  'emergencyOnly',
  'home', // 9: CSFB not preferred
  'roaming', // 10: CSFB not preferred
  'emergencyOnly', // 11: access to RLOS only
];

/** One line, the answer to the read command or the news, in all its lengths. Null where it is neither. */
export function decodeRegistrationLine(line: string): DomainRegistration | null {
  for (const domain of registrationDomains) {
    const rest = afterPrefix(line, domain);
    if (rest === null) continue;
    const fields = splitFields(rest);
    const at = fields.length < 2 || isRegistrationNews(line, domain) ? 0 : 1;
    const state = wholeNumber(fields[at]);
    if (state === null) return null;
    // Some firmwares put the routing area (one byte) between the area code and the cell.
    const hasRoutingArea = isHex(fields[at + 2], 1, 2) && isHex(fields[at + 3], 4, 9);
    const place = hasRoutingArea ? at + 3 : at + 2;
    const [areaCode, cellId] = [hex(fields[at + 1]), hex(fields[place])];
    // A place that is neither empty nor hexadecimal shows that the line was damaged on its way.
    if (areaCode === undefined || cellId === undefined) return null;
    const technologyNumber = wholeNumber(fields[place + 1]);
    const cause = domain === '+C5GREG' ? place + 4 : place + 2;
    return {
      domain,
      state: states[state] ?? 'unknown',
      areaCode,
      cellId,
      technology: accessTechnology(technologyNumber),
      technologyNumber,
      // The cause type 0 is the standard's own list; others are the manufacturer's.
      rejectCause: fields[cause] === '0' ? wholeNumber(fields[cause + 1]) : null,
    };
  }
  return null;
}

function isHex(field: string | undefined, shortest: number, longest: number): boolean {
  return field !== undefined && field.length >= shortest && field.length <= longest && /^[0-9A-Fa-f]+$/.test(field);
}

/** In capitals, null where there is nothing, undefined where there is something else. */
function hex(field: string | undefined): string | null | undefined {
  if (field === undefined || field === '') return null;
  return isHex(field, 1, 16) ? field.toUpperCase() : undefined;
}

function registrationCommand(domain: RegistrationDomain, specification: string): AtCommand<void, DomainRegistration> {
  return {
    name: domain,
    specification,
    encode: () => `AT${domain}?`,
    decode(lines) {
      for (const line of lines) {
        const registration = decodeRegistrationLine(line);
        if (registration?.domain === domain) return registration;
      }
      throw answerError(domain, lines);
    },
  };
}

export const registrationCommands: Readonly<Record<RegistrationDomain, AtCommand<void, DomainRegistration>>> = {
  '+CREG': registrationCommand('+CREG', '3GPP TS 27.007 §7.2'),
  '+CGREG': registrationCommand('+CGREG', '3GPP TS 27.007 §10.1.20'),
  '+CEREG': registrationCommand('+CEREG', '3GPP TS 27.007 §10.1.22'),
  '+C5GREG': registrationCommand('+C5GREG', '3GPP TS 27.007 §10.1.47'),
};

/** Turns on the news with area code and cell (`<n>` = 2). */
export const registrationNewsCommand: AtCommand<RegistrationDomain, void> = {
  name: '+CREG=2',
  specification: '3GPP TS 27.007 §7.2',
  encode: (domain) => `AT${domain}=2`,
  decode: () => undefined,
};

/** The same with the cause of a refusal (`<n>` = 3), which not every modem knows. */
export const registrationCauseCommand: AtCommand<RegistrationDomain, void> = {
  name: '+CREG=3',
  specification: '3GPP TS 27.007 §7.2, §10.1.20, §10.1.22, §10.1.47',
  encode: (domain) => `AT${domain}=3`,
  decode: () => undefined,
};
