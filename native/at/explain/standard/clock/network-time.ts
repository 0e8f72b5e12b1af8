type NetworkTime = {
  /** ISO 8601, with the offset where the network told it. */
  readonly iso8601: string;
  readonly offsetMinutes: number | null;
};

const pattern = /^"?(\d{2,4})\/(\d{1,2})\/(\d{1,2})\s*[, ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{1,2})?/;

/** `yy/MM/dd,hh:mm:ss±zz`, the zone in quarters of an hour (3GPP TS 27.007 §8.15). Null where it is no time of the calendar. */
export function networkTime(text: string): NetworkTime | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, yearText = '', month = '', day = '', hour = '', minute = '', second = '00', zone] = match;
  const year = yearText.length === 4 ? Number(yearText) : 2000 + Number(yearText);
  const digits = [month, day, hour, minute, second].map((part) => part.padStart(2, '0'));
  const local = `${year}-${digits.slice(0, 2).join('-')}T${digits.slice(2).join(':')}`;
  const instant = new Date(`${local}Z`);
  // Dates that do not exist are moved on by some engines and refused by others.
  if (Number.isNaN(instant.getTime()) || instant.getUTCDate() !== Number(day)) return null;
  if (zone === undefined) return { iso8601: local, offsetMinutes: null };
  const offsetMinutes = Number(zone) * 15;
  if (Math.abs(offsetMinutes) > 14 * 60) return null;
  return { iso8601: `${local}${offsetText(offsetMinutes)}`, offsetMinutes };
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const parts = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${parts.join(':')}`;
}
