/** Links of the form `lpa:1$…`, with which a provider's page hands over an activation code. */

/** What the window reads at most as a text (`profiles.readActivationCode`). */
const longestLink = 8192;

/** The link among the arguments of a start of the program; null where there is none. */
export function findActivationLink(argv: readonly string[]): string | null {
  return argv.find((argument) => /^lpa:./i.test(argument) && argument.length <= longestLink) ?? null;
}

/** Where the window shows it: the part of its address behind the page's own. The code is looked at there, and nothing is done with it by itself. */
export function screenOfLink(link: string | null): string {
  return link === null ? '' : `#/profiles/add/${encodeURIComponent(link)}`;
}
