import { z } from 'zod';
import { openPeerState } from '../bench/peer-state.ts';
import { loadPki, type Credential, type Pki } from '../pki/load-pki.ts';
import { startControl } from './control-server.ts';
import { makeOrderStore, orderSchemaSql, type OrderStore, type PlacedOrder, type ReceivedNotification } from './order-store.ts';
import { orderSchema, plainOrder, type Order } from './order.ts';
import { startRspServer, type RspCounters } from './rsp-server.ts';
import { sampleOrders } from './sample-orders.ts';
import { makeServerFaults, type ServerFault } from './server-fault.ts';
import { makeSessions } from './sessions.ts';
import { makeSmdpFunctions } from './smdp-functions.ts';
import type { SmdpContext, SmdpSession } from './smdp-session.ts';

export type SmdpOptions = {
  readonly stateDir: string | null;
  readonly pki?: Pki;
  readonly port?: number | null;
  /** The name in activation codes; the bench's own TLS certificate gets it where it lacks it. */
  readonly host?: string;
  readonly faults?: readonly ServerFault[];
  /** The download orders at first start. */
  readonly orders?: readonly Order[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told when a chip has confirmed an order. */
  readonly onInstalled?: (matchingId: string) => void;
};

export type Smdp = {
  /** `host:port`, as activation codes name it. */
  readonly address: string;
  /** The bench's own questions and orders, `…/_bench/`. */
  readonly controlUrl: string;
  /** PEM of the root that the server's TLS certificate ends in. */
  readonly tlsRootPem: string;
  readonly counters: RspCounters;
  place(order: Order): void;
  order(matchingId: string): PlacedOrder | null;
  notifications(): readonly ReceivedNotification[];
  setFaults(faults: readonly ServerFault[]): void;
  activationCode(matchingId: string): string | null;
  /** Orders that are reserved for a chip and not done: what a discovery server should know. */
  waiting(): readonly { readonly eventId: string; readonly eid: string }[];
  close(): Promise<void>;
};

/** A virtual SM-DP+: ES9+ over TLS on loopback, with a catalogue of orders. @throws Error of the port, the folder or the certificates */
export async function startSmdp(options: SmdpOptions): Promise<Smdp> {
  const pki = options.pki ?? loadPki(null);
  const tls = pki.tls('dp-tls', options.host === undefined ? [] : [options.host]);
  const host = options.host ?? chooseHost(tls);
  const credential = pki.server('dp-auth');
  const smdpOid = credential.certificate.registeredId;
  if (smdpOid === null) throw new Error("The server's certificate has no OID of its own.");
  const state = openPeerState(options.stateDir, 'smdp', orderSchemaSql);
  const closers: (() => Promise<void>)[] = [async () => state.close()];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const store = makeOrderStore(state);
    for (const order of options.orders ?? sampleOrders) store.placeOnce(order);
    const faults = makeServerFaults(options.faults ?? []);
    const names = [host, ...tls.certificate.dnsNames];
    let port = 0;
    const now = options.now ?? Date.now;
    const context: SmdpContext = {
      authenticator: { credential, ci: pki.ci, subject: '8.8', serves: (address) => isOneOf(names, port, address) },
      binder: pki.server('dp-pb'),
      smdpOid,
      store,
      sessions: makeSessions<SmdpSession>(now),
      now,
      onInstalled: options.onInstalled ?? (() => undefined),
    };
    const rsp = await startRspServer({ tls, faults, state, port: options.port ?? null, functions: makeSmdpFunctions(context) });
    closers.push(() => rsp.close());
    port = rsp.port;
    const address = `${host}:${port}`;
    const activationCode = (matchingId: string): string | null => {
      const order = store.find(matchingId)?.order;
      return order === undefined ? null : `LPA:1$${address}$${matchingId}${order.confirmationCode === null ? '' : '$$1'}`;
    };
    const control = await startControl({
      state,
      faults,
      views: {
        counters: () => ({ ...rsp.counters, sessions: context.sessions.size }),
        orders: () => store.all().map((placed) => ({ ...placed, activationCode: activationCode(placed.order.matchingId) })),
        notifications: () => store.notifications(),
      },
      orders: {
        orders(body) {
          const order = readOrder(body, store);
          return order === null ? null : { ...store.place(order), activationCode: activationCode(order.matchingId) };
        },
      },
    });
    closers.push(() => control.close());
    return {
      address,
      controlUrl: control.url,
      tlsRootPem: pki.tlsRootPem,
      counters: rsp.counters,
      place: (order) => void store.place(order),
      order: (matchingId) => store.find(matchingId),
      notifications: () => store.notifications(),
      setFaults: (list) => faults.set(list),
      activationCode,
      waiting: () => store.waiting().map(({ order }) => ({ eventId: order.matchingId, eid: order.eid })),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A name under which a client on this machine finds the server; else the name that the certificate came with. */
export function chooseHost({ certificate: { dnsNames } }: Credential): string {
  return dnsNames.includes('localhost') ? 'localhost' : (dnsNames[0] ?? 'localhost');
}

/** Whether the address is one of the names, alone or with the port. Names know no case (RFC 4343). */
export function isOneOf(names: readonly string[], port: number, address: string): boolean {
  const asked = address.toLowerCase();
  return names.map((name) => name.toLowerCase()).some((name) => asked === name || asked === `${name}:${port}`);
}

/** A whole order, or changes to a known one by its matching id; null where it is neither. */
function readOrder(body: unknown, store: OrderStore): Order | null {
  const part = z.looseObject({ matchingId: z.string() }).safeParse(body);
  if (!part.success) return null;
  const whole = orderSchema.safeParse({ ...(store.find(part.data.matchingId)?.order ?? plainOrder), ...part.data });
  return whole.success ? whole.data : null;
}
