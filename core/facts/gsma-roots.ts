import roots from '#resources/facts/gsma-roots.json' with { type: 'json' };

/** A root under which profile servers are certified: its subject key identifier, as cards list it, and the certificate. */
export type GsmaRoot = { readonly keyId: string; readonly pem: string };

/** The roots of live eSIM services whose certificates are public. A test holds each to its key and to its own signature. */
export const gsmaRoots: readonly GsmaRoot[] = roots;

/** Those of them that a card lists (euiccCiPKIdListForVerification, SGP.22 v2.5 §5.7.8): a server under any other could not serve it. */
export function rootsFor(ciKeyIds: readonly string[]): readonly GsmaRoot[] {
  const listed = new Set(ciKeyIds.map((keyId) => keyId.toUpperCase()));
  return gsmaRoots.filter(({ keyId }) => listed.has(keyId));
}
