import callingCodes from '#resources/facts/calling-codes.json' with { type: 'json' };

const countries: Readonly<Record<string, string>> = callingCodes;

/**
 * The country of whoever made the chip, ISO 3166 alpha-2, from the EID alone: `89`, then the telephone country code in three digits
 * (SGP.02 §2.2.2, after ITU-T E.118). Null where the EID is of another kind, or where several countries share the code.
 */
export function countryOfEid(eid: string): string | null {
  return eid.startsWith('89') ? (countries[eid.slice(2, 5)] ?? null) : null;
}
