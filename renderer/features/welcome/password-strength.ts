/** How hard a password is to guess, in four steps; a hint for the person, the service has the last word. */
export type PasswordStrength = 0 | 1 | 2 | 3;

/** The shortest password that the meter accepts. */
export const shortestPassword = 8;

/**
 * 0 too short, 1 weak, 2 fair, 3 strong. Length counts more than kinds of characters (NIST SP 800-63B §5.1.1.2); what repeats counts once.
 */
export function passwordStrength(password: string): PasswordStrength {
  const characters = Array.from(password);
  if (characters.length < shortestPassword) return 0;
  const distinct = new Set(characters).size;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u, /\p{Lo}/u].filter((kind) => kind.test(password)).length;
  const points = Math.min(characters.length, distinct * 2) + kinds * 2;
  if (distinct < 5 || points < 13) return 1;
  return points < 18 ? 2 : 3;
}
