import { isRegistrationNews } from '../../../classify-line.ts';
import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, hexNumber, whole } from '../../readers.ts';
import { technologyName } from '../../technology-name.ts';
import { activeTime, extendedPeriodicUpdate, timerOf } from '../power-saving/power-saving-timers.ts';

/** `<stat>` of 3GPP TS 27.007 §7.2, §10.1.20, §10.1.22 and §10.1.47. */
const states: readonly string[] = [
  'idle',
  'home',
  'searching',
  'denied',
  'unknown',
  'roaming',
  'home-sms-only',
  'roaming-sms-only',
  'emergency-only',
  'home-csfb-not-preferred',
  'roaming-csfb-not-preferred',
  'attached-rlos',
];
const registeredStates: ReadonlySet<number> = new Set([1, 5, 6, 7, 9, 10]);

/**
 * `[<n>,]<stat>[,[<lac>],[<ci>],[<AcT>][,<cause_type>,<reject_cause>[,<active time>,<periodic update>]]]`. The area and the cell are hexadecimal
 * (`tac`, `ci`), the same as numbers beside them (`areaCode`, `cellId`), since tables of cells are in decimal.
 */
function decode(name: string, domain: string, rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const news = isRegistrationNews(`${name}: ${rest}`, name) || fields.length < 2;
  const onlyCause = fields.length > 2 && !news && fields.slice(1, 4).every((field) => field === '');
  const places = news || onlyCause ? fields : fields.slice(1);
  const stat = whole(places[0] ?? '');
  // A second number in quotes that are not closed shows that the line was damaged on its way.
  if (stat === null || /^[^"]*"[^"]*$/.test(rest.replaceAll(/"[^"]*"/g, ''))) return null;
  const { area, cell, after } = placesOf(places.slice(1), domain);
  if ([area, cell].some((place) => place !== '' && hexDigits(place) === null)) return null;
  const [technology = '', ...tail] = after;
  const act = whole(technology);
  const [causeType = '', cause = '', active = '', periodic = ''] = onlyCause ? places.slice(4) : domain === '5GS' ? tail.slice(2) : tail;
  return {
    domain,
    mode: news || onlyCause ? null : whole(fields[0] ?? ''),
    stat,
    state: states[stat] ?? 'unknown',
    registered: registeredStates.has(stat),
    [domain === 'CS' || domain === 'PS' ? 'lac' : 'tac']: hexDigits(area),
    ci: hexDigits(cell),
    areaCode: hexNumber(area),
    cellId: hexNumber(cell),
    act,
    technology: technologyName(act),
    causeType: whole(causeType),
    rejectCause: whole(cause),
    activeTime: timerOf(active, activeTime),
    periodicUpdate: timerOf(periodic, extendedPeriodicUpdate),
  };
}

/** Some firmwares put the routing area (one byte), or in 5G the length of what follows, between the area, the cell and the technology. */
function placesOf(places: readonly string[], domain: string): { area: string; cell: string; after: readonly string[] } {
  const [area = '', second = '', third = '', ...rest] = places;
  const routingArea = /^[0-9A-Fa-f]{1,2}$/.test(second) && /^[0-9A-Fa-f]{4,9}$/.test(third) && domain !== '5GS';
  return routingArea ? { area, cell: third, after: rest } : { area, cell: second, after: [third, ...rest] };
}

export function registration(kind: string, domain: string, specification: string): LineDecoder {
  const name = `+${kind.toUpperCase()}`;
  return { kind, names: [name], specification, decode: (rest) => decode(name, domain, rest) };
}
