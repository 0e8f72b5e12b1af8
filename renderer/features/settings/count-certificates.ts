/** How many certificates a text of PEM holds (RFC 7468 §5). Whether they are any good is the application's to say. */
export function countCertificates(text: string): number {
  return text.match(/^-----BEGIN CERTIFICATE-----\s*$/gmu)?.length ?? 0;
}
