/** UTC, ISO 8601 with milliseconds and Z, as the contract has it. */
export function toInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function toInstantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : toInstant(milliseconds);
}

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
