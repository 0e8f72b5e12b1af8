/** What carriers tell their customers to enter for data, by the network that issued the SIM. */

type Protocol = 'pap' | 'chap';
export type CarrierContext = {
  readonly carrier: string;
  /** In the carrier's words; null where it has one for all. */
  readonly plan: string | null;
  /** Null where it is for all. */
  readonly customers: 'prepaid' | 'postpaid' | null;
  readonly apn: string;
  readonly authentication: { readonly protocol: Protocol; readonly userName: string; readonly password: string } | null;
};

/**
 * The contexts of the carrier whose SIM has this IMSI; those of the longest network number that fits come first. Empty where nothing is known. The table is large and rarely needed: it is read when it is asked for.
 */
export async function carrierContexts(imsi: string): Promise<readonly CarrierContext[]> {
  const { default: table } = await import('#resources/facts/carrier-apns.json', { with: { type: 'json' } });
  const rows = table.carriers.map((row) => row.split('|'));
  // MNCs have two digits or three (3GPP TS 23.003 §2.2), and only the table knows which.
  return [imsi.slice(0, 6), imsi.slice(0, 5)].flatMap((network) =>
    rows.flatMap(([carrier = '', networks = '', ...apns]) =>
      networks.split(' ').includes(network) ? apns.map((apn) => readContext(carrier, apn)) : [],
    ),
  );
}

/** `apn~name~prepaid or postpaid~protocol~user~password`, where what is not there is left out. */
function readContext(carrier: string, row: string): CarrierContext {
  const [apn = '', name = '', kind = '', protocol = '', userName = '', password = ''] = row.split('~');
  return {
    carrier,
    plan: name === '' || name === carrier ? null : name,
    customers: kind === 'prepaid' || kind === 'postpaid' ? kind : null,
    apn,
    authentication: protocol === 'pap' || protocol === 'chap' ? { protocol, userName, password } : null,
  };
}
