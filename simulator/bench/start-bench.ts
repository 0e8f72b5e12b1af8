import { join } from 'node:path';
import { startCarrier } from '#simulator/carrier/server.ts';
import { startMail } from '#simulator/mail/server.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';
import { startSmdp } from '#simulator/smdp/server.ts';
import { startSmds } from '#simulator/smds/server.ts';
import { startStripe } from '#simulator/stripe/server.ts';

export type BenchOptions = {
  /** Folder in which all peers keep their state, their keys and their ports; null keeps everything in memory. */
  readonly stateDir: string | null;
  /** Where payment events are delivered; it can be told later with `setWebhook`. */
  readonly webhookUrl?: string;
};

/** Addresses and keys of the peers, as the account service wants them. */
export type BenchAddresses = {
  readonly stripe: { readonly url: string; readonly secretKey: string; readonly webhookSecret: string };
  readonly mail: { readonly smtpUrl: string; readonly inboxUrl: string };
  readonly carrier: { readonly url: string };
  /** `host:port` as an activation code names it, and the root (PEM) to check the server's TLS against. */
  readonly smdp: RspAddress;
  readonly smds: RspAddress;
};

type RspAddress = { readonly address: string; readonly controlUrl: string; readonly tlsRootPem: string };

export type Bench = BenchAddresses & { setWebhook(url: string): void; close(): Promise<void> };

/** Starts payment, mail, carrier and profile servers on free loopback ports. If one of them cannot start, those that did are closed again. */
export async function startBench(options: BenchOptions): Promise<Bench> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closePeer of closers.splice(0).reverse()) await closePeer();
  };
  try {
    const { stateDir } = options;
    const mail = await startMail({ stateDir });
    closers.push(() => mail.close());
    const airDir = stateDir === null ? null : join(stateDir, 'air');
    const carrier = await startCarrier({ stateDir, smsUrl: `${mail.inboxUrl}/sms`, airDir });
    closers.push(() => carrier.close());
    const stripe = await startStripe({ stateDir, ...(options.webhookUrl === undefined ? {} : { webhookUrl: options.webhookUrl }) });
    closers.push(() => stripe.close());
    const pki = loadPki(stateDir === null ? null : join(stateDir, 'pki'));
    const smds = await startSmds({ stateDir, pki });
    closers.push(() => smds.close());
    const smdp = await startSmdp({ stateDir, pki, onInstalled: (matchingId) => smds.removeEvent(matchingId) });
    closers.push(() => smdp.close());
    for (const { eventId, eid } of smdp.waiting()) smds.registerEvent({ eventId, eid, rspServerAddress: smdp.address });
    return {
      stripe: { url: stripe.url, secretKey: stripe.secretKey, webhookSecret: stripe.webhookSecret },
      mail: { smtpUrl: mail.smtpUrl, inboxUrl: mail.inboxUrl },
      carrier: { url: carrier.url },
      smdp: rspAddress(smdp),
      smds: rspAddress(smds),
      setWebhook: (url) => stripe.setWebhook(url),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function rspAddress({ address, controlUrl, tlsRootPem }: RspAddress): RspAddress {
  return { address, controlUrl, tlsRootPem };
}
