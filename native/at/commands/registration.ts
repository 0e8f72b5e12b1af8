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
    const afterMode = isRegistrationNews(line, domain) || fields.length < 2 ? fields : fields.slice(1);
    const state = wholeNumber(afterMode[0]);
    if (state === null) return null;
    const places = withoutRoutingArea(afterMode.slice(1));
    // A place that is neither empty nor hexadecimal shows that the line was damaged on its way.
    if (places.slice(0, 2).some((place) => place !== '' && hex(place) === null)) return null;
    const causes = domain === '+C5GREG' ? places.slice(5) : places.slice(3);
    return {
      domain,
      state: states[state] ?? 'unknown',
      areaCode: hex(places[0]),
      cellId: hex(places[1]),
      technology: accessTechnology(wholeNumber(places[2])),
      technologyNumber: wholeNumber(places[2]),
      // The cause type 0 is the standard's own list; others are the manufacturer's.
      rejectCause: causes[0] === '0' ? wholeNumber(causes[1]) : null,
    };
  }
  return null;
}

/** Some firmwares put the routing area (one byte) between the area code and the cell. */
function withoutRoutingArea(places: readonly string[]): readonly string[] {
  const [area, second, third] = places;
  const hasRoutingArea = area !== undefined && /^[0-9A-Fa-f]{1,2}$/.test(second ?? '') && /^[0-9A-Fa-f]{4,9}$/.test(third ?? '');
  return hasRoutingArea ? [area, ...places.slice(2)] : places;
}

function hex(field: string | undefined): string | null {
  return field !== undefined && /^[0-9A-Fa-f]{1,16}$/.test(field) ? field.toUpperCase() : null;
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
