import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createPeerServer, listenOnLoopback } from '#simulator/bench/peer-server.ts';
import { putOnAir } from '#simulator/air.ts';
import { claimCodes } from '#simulator/sample.ts';
import { presentLine, renewedUntil, renewLine } from './lines.ts';
import { MessageForwarder, type ForwardedMessage } from './message-forwarder.ts';
import { carrierPlans, findPlan } from './plans.ts';
import { openCarrierStore, type StoredRenewal } from './store.ts';

export type CarrierOptions = {
  readonly stateDir: string | null;
  readonly port?: number | null;
  /** Where text messages go on to; null keeps them. */
  readonly smsUrl?: string | null;
  /** Where they are put besides, for a modem that is on the network; null: nowhere. */
  readonly airDir?: string | null;
  /** Milliseconds between accepting a renewal and applying it. */
  readonly applyAfter?: number;
  readonly now?: () => number;
};

export type CarrierPeer = { readonly url: string; close(): Promise<void> };

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const iccid = z.string().regex(/^\d{18,20}$/);
const key = z.string().min(1).max(200);
const claimInput = z.strictObject({ claimCode: z.string().trim().min(1).max(64), holder: z.string().trim().min(3).max(254) });
const renewalInput = z.strictObject({ key, iccid, planId: z.string().max(64), months: z.int().min(1).max(36) });
const messageInput = z.strictObject({ key, iccid, text: z.string().min(1).max(1600) });
const lineChangeInput = z.strictObject({
  validUntil: z.iso.datetime().optional(),
  leftBytes: z.int().min(0).optional(),
  suspended: z.boolean().optional(),
});

const defaultApplyAfter = 1000;

/**
 * Starts the carrier's HTTP API on loopback: lines, plans, claims, renewals that are applied a little after they are accepted, and text
 * messages. `/_bench/lines/{iccid}` changes a line for tests (its end, its data, its suspension).
 */
export async function startCarrier(options: CarrierOptions): Promise<CarrierPeer> {
  const now = options.now ?? Date.now;
  const applyAfter = options.applyAfter ?? defaultApplyAfter;
  const store = openCarrierStore(options.stateDir, now());
  const server = createPeerServer();

  server.addHook('preHandler', async () => applyDueRenewals());
  server.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
    const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 500) process.stderr.write(`carrier: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return reply
      .code(status)
      .send({ error: { code: status < 500 ? 'invalid' : 'internal', message: 'The request could not be handled.' } });
  });

  server.get('/v1/plans', async () => ({ plans: carrierPlans }));
  server.get('/v1/lines', async (request) => {
    const { holder } = read(z.object({ holder: z.string().min(1).max(254) }), request.query);
    return { lines: store.linesOf(holder).map((line) => presentLine(line, now())) };
  });
  server.get('/v1/lines/:iccid', async (request) => presentLine(lineOf(request.params), now()));
  server.post('/v1/lines/:iccid/claims', async (request) => {
    const { claimCode, holder } = read(claimInput, request.body);
    return store.transact(() => {
      const line = lineOf(request.params);
      const wanted = claimCodes[line.iccid];
      const taken = line.holder !== null && line.holder.toLowerCase() !== holder.toLowerCase();
      if (wanted === undefined || wanted !== claimCode.toUpperCase() || taken) {
        throw new Refusal(403, 'claim_refused', 'The code does not belong to this line, or the line is taken.');
      }
      const claimed = { ...line, holder };
      store.saveLine(claimed);
      return presentLine(claimed, now());
    });
  });
  server.delete('/v1/lines/:iccid/claims', async (request, reply) => {
    const { holder } = read(z.object({ holder: z.string().min(1).max(254) }), request.query);
    store.transact(() => {
      const line = lineOf(request.params);
      if (line.holder?.toLowerCase() === holder.toLowerCase()) store.saveLine({ ...line, holder: null });
    });
    return reply.code(204).send();
  });
  server.get('/v1/renewals', async (request) => {
    const query = read(z.object({ key }), request.query);
    const renewal = store.renewal(query.key);
    if (renewal === null) throw new Refusal(404, 'unknown_renewal', 'No renewal has this key.');
    return presentRenewal(renewal);
  });
  server.post('/v1/renewals', async (request, reply) => {
    const { created, renewal } = acceptRenewal(read(renewalInput, request.body));
    return reply.code(created ? 201 : 200).send(presentRenewal(renewal));
  });
  server.post('/v1/messages', async (request, reply) => {
    const input = read(messageInput, request.body);
    const messageId = store.transact(() => {
      const former = store.message(input.key);
      if (former !== null) return former.messageId;
      const line = lineOf({ iccid: input.iccid });
      const message = { messageId: randomUUID(), key: input.key, iccid: line.iccid, to: line.msisdn, text: input.text };
      store.addMessage(message, now());
      return message.messageId;
    });
    forwarder?.wake();
    return reply.code(202).send({ messageId, key: input.key, state: 'accepted' });
  });
  server.post('/_bench/lines/:iccid', async (request) => {
    const change = read(lineChangeInput, request.body);
    return store.transact(() => {
      const line = lineOf(request.params);
      const changed = {
        ...line,
        suspended: change.suspended ?? line.suspended,
        validUntilMs: change.validUntil === undefined ? line.validUntilMs : Date.parse(change.validUntil),
        data: { ...line.data, left: Math.min(line.data.total, change.leftBytes ?? line.data.left) },
      };
      store.saveLine(changed);
      return presentLine(changed, now());
    });
  });

  function lineOf(parameters: unknown) {
    const wanted = read(z.object({ iccid: z.string() }), parameters);
    const line = store.line(wanted.iccid);
    if (line === null) throw new Refusal(404, 'unknown_line', 'The carrier has no such line.');
    return line;
  }

  function acceptRenewal(input: z.infer<typeof renewalInput>): { created: boolean; renewal: StoredRenewal } {
    return store.transact(() => {
      const former = store.renewal(input.key);
      if (former !== null) {
        if (former.iccid !== input.iccid || former.planId !== input.planId || former.months !== input.months) {
          throw new Refusal(409, 'key_reused', 'This key belongs to another renewal.');
        }
        return { created: false, renewal: former };
      }
      const line = lineOf({ iccid: input.iccid });
      if (findPlan(input.planId) === null) throw new Refusal(422, 'unknown_plan', 'The carrier does not sell this plan.');
      if (line.suspended) throw new Refusal(409, 'line_suspended', 'A suspended line cannot be renewed.');
      // What others before it will add is counted, so that the promised end is the one that comes true.
      const waiting = store.waitingRenewals(Number.MAX_SAFE_INTEGER, line.iccid);
      const presentEnd = waiting.at(-1)?.validUntilMs ?? line.validUntilMs;
      const renewal: StoredRenewal = {
        renewalId: randomUUID(),
        ...input,
        acceptedMs: now(),
        validUntilMs: renewedUntil(presentEnd, input.months, now()),
        appliedMs: null,
      };
      store.addRenewal(renewal, now() + applyAfter);
      return { created: true, renewal };
    });
  }

  function applyDueRenewals(): void {
    if (store.waitingRenewals(now()).length === 0) return;
    store.transact(() => {
      for (const renewal of store.waitingRenewals(now())) {
        const line = store.line(renewal.iccid);
        if (line === null) continue;
        const renewed = renewLine(line, renewal.planId, renewal.months, now());
        store.saveLine(renewed);
        store.markApplied({ ...renewal, validUntilMs: renewed.validUntilMs, appliedMs: now() });
      }
    });
  }

  let url: string;
  try {
    url = await listenOnLoopback(server, store.state, options.port ?? null);
  } catch (error) {
    store.close();
    throw error;
  }
  const smsUrl = options.smsUrl ?? null;
  const airDir = options.airDir ?? null;
  const onTaken = ({ key: messageKey, to, text }: ForwardedMessage): void => {
    if (airDir === null) return;
    try {
      putOnAir(airDir, messageKey, { from: 'LEB', to, text });
    } catch (error) {
      process.stderr.write(`carrier: ${String(error)}\n`); // the inbox has it all the same
    }
  };
  const forwarder = smsUrl === null ? null : new MessageForwarder(store, smsUrl, now, onTaken);
  const clock = setInterval(applyDueRenewals, 250);
  return {
    url,
    async close() {
      clearInterval(clock);
      await forwarder?.close();
      await server.close();
      store.close();
    },
  };
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal(400, 'invalid', z.prettifyError(result.error));
}

function presentRenewal(renewal: StoredRenewal): object {
  return {
    renewalId: renewal.renewalId,
    key: renewal.key,
    iccid: renewal.iccid,
    planId: renewal.planId,
    months: renewal.months,
    state: renewal.appliedMs === null ? 'accepted' : 'applied',
    validUntil: new Date(renewal.validUntilMs).toISOString(),
    appliedAt: renewal.appliedMs === null ? null : new Date(renewal.appliedMs).toISOString(),
  };
}
