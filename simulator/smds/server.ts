import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { openPeerState } from '../bench/peer-state.ts';
import { loadPki, type Pki } from '../pki/load-pki.ts';
import { beginAuthentication, checkAuthentication, transactionKey, type Authenticator, type Challenge } from '../smdp/authentication.ts';
import { startControl } from '../smdp/control-server.ts';
import type { JsonFields } from '../smdp/message-fields.ts';
import { startRspServer, type RspCounters } from '../smdp/rsp-server.ts';
import { chooseHost, isOneOf } from '../smdp/server.ts';
import { makeServerFaults, type ServerFault } from '../smdp/server-fault.ts';
import { makeSessions, type Sessions } from '../smdp/sessions.ts';
import { StatusError } from '../smdp/status-error.ts';
import { eventSchema, eventSchemaSql, makeEventStore, type DiscoveryEvent, type EventStore } from './event-store.ts';

export type SmdsOptions = {
  readonly stateDir: string | null;
  readonly pki?: Pki;
  readonly port?: number | null;
  /** A further name of the server; the TLS certificate gets it where it lacks it. */
  readonly host?: string;
  readonly faults?: readonly ServerFault[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

export type Smds = {
  /** `host:port`. */
  readonly address: string;
  /** The bench's own questions and orders, `…/_bench/`. */
  readonly controlUrl: string;
  /** PEM of the root that the server's TLS certificate ends in. */
  readonly tlsRootPem: string;
  readonly counters: RspCounters;
  registerEvent(event: DiscoveryEvent): void;
  removeEvent(eventId: string): void;
  events(): readonly DiscoveryEvent[];
  setFaults(faults: readonly ServerFault[]): void;
  close(): Promise<void>;
};

type SmdsContext = {
  readonly authenticator: Authenticator;
  readonly events: EventStore;
  readonly sessions: Sessions<Challenge>;
  readonly now: () => number;
};

/** A virtual SM-DS: ES11 over TLS on loopback, which says where something waits for a chip. @throws Error of the port, the folder or the certificates */
export async function startSmds(options: SmdsOptions): Promise<Smds> {
  const pki = options.pki ?? loadPki(null);
  const tls = pki.tls('ds-tls', options.host === undefined ? [] : [options.host]);
  const host = options.host ?? chooseHost(tls);
  const credential = pki.server('ds-auth');
  const state = openPeerState(options.stateDir, 'smds', eventSchemaSql);
  const closers: (() => Promise<void>)[] = [async () => state.close()];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const events = makeEventStore(state);
    const faults = makeServerFaults(options.faults ?? []);
    const names = [host, ...tls.certificate.dnsNames];
    let port = 0;
    const now = options.now ?? Date.now;
    const authenticator: Authenticator = { credential, ci: pki.ci, subject: '8.9', serves: (address) => isOneOf(names, port, address) };
    const context: SmdsContext = { authenticator, events, sessions: makeSessions<Challenge>(now), now };
    const rsp = await startRspServer({
      tls,
      faults,
      state,
      port: options.port ?? null,
      functions: {
        initiateAuthentication(request) {
          const { challenge, answer } = beginAuthentication(authenticator, request);
          context.sessions.open(bytesToHex(challenge.transactionId), challenge);
          return answer;
        },
        authenticateClient: (request) => authenticateClient(context, request),
      },
    });
    closers.push(() => rsp.close());
    port = rsp.port;
    const control = await startControl({
      state,
      faults,
      views: { counters: () => rsp.counters, events: () => events.all() },
      orders: {
        events(body) {
          const event = eventSchema.safeParse(body);
          if (!event.success) return null;
          events.register(event.data);
          return event.data;
        },
      },
    });
    closers.push(() => control.close());
    return {
      address: `${host}:${port}`,
      controlUrl: control.url,
      tlsRootPem: pki.tlsRootPem,
      counters: rsp.counters,
      registerEvent: (event) => events.register(event),
      removeEvent: (eventId) => events.remove(eventId),
      events: () => events.all(),
      setFaults: (list) => faults.set(list),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** ES11.AuthenticateClient (SGP.22 v2.5 §5.8.2): the events of this chip, or the one that is asked for. @throws StatusError */
function authenticateClient({ authenticator, events, sessions, now }: SmdsContext, request: JsonFields): JsonFields {
  const key = transactionKey(request);
  const challenge = sessions.require(key);
  sessions.close(key);
  const { eid, matchingId } = checkAuthentication(authenticator.ci, challenge, request, now());
  const found = events.all().filter((event) => event.eid === eid && (matchingId === '' || event.eventId === matchingId));
  if (found.length === 0) throw new StatusError('8.9.5/3.9', 'Nothing waits for this eUICC.');
  return {
    transactionId: bytesToHex(challenge.transactionId),
    eventEntries: found.map(({ eventId, rspServerAddress }) => ({ eventId, rspServerAddress })),
  };
}
