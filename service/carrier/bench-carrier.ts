/** The carrier of the virtual bench, over HTTP. Every answer is checked before it is believed. */
import { z } from 'zod';
import { iccid, instant } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import { second } from '../clock.ts';
import { CarrierRefusal, type Carrier, type CarrierLine, type CarrierRenewal } from './carrier.ts';

const count = z.int().min(0);
const lineAnswer = z.object({
  iccid,
  msisdn: z.string().regex(/^\+[1-9]\d{6,14}$/),
  planId: z.string(),
  state: z.enum(['active', 'expired', 'suspended']),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  data: z.object({ totalBytes: count.nullable(), leftBytes: count.nullable() }),
  voice: z.object({ totalMinutes: count.nullable(), leftMinutes: count.nullable() }),
  sms: z.object({ total: count.nullable(), left: count.nullable() }),
  usagePerDay: z.array(z.object({ date: z.iso.date(), bytes: count })),
  asOf: instant,
});
const linesAnswer = z.object({ lines: z.array(lineAnswer) });
const renewalAnswer = z.object({
  renewalId: z.string(),
  key: z.string(),
  iccid,
  planId: z.string(),
  months: z.int().positive(),
  state: z.enum(['accepted', 'applied']),
  validUntil: instant,
  appliedAt: instant.nullable(),
});
const plansAnswer = z.object({ plans: z.array(z.object({ planId: z.string() })) });

const deadlineMs = 5 * second;
const longestAnswer = 1_000_000;

function toLine(answer: z.infer<typeof lineAnswer>): CarrierLine {
  return {
    iccid: answer.iccid,
    msisdn: answer.msisdn,
    planId: answer.planId,
    state: answer.state,
    validFromMs: answer.validFrom === null ? null : Date.parse(answer.validFrom),
    validUntilMs: answer.validUntil === null ? null : Date.parse(answer.validUntil),
    data: answer.data,
    voice: answer.voice,
    sms: answer.sms,
    usagePerDay: answer.usagePerDay.slice(-92),
    asOfMs: Date.parse(answer.asOf),
  };
}

function toRenewal(answer: z.infer<typeof renewalAnswer>): CarrierRenewal {
  return {
    renewalId: answer.renewalId,
    key: answer.key,
    iccid: answer.iccid,
    planId: answer.planId,
    months: answer.months,
    state: answer.state,
    validUntilMs: Date.parse(answer.validUntil),
  };
}

function read<Shape>(schema: z.ZodType<Shape>, json: unknown): Shape {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new LebError('CARRIER_UNAVAILABLE', { reason: 'the answer has an unknown shape' }, { cause: parsed.error });
}

/** `baseUrl` without a trailing slash. */
export function benchCarrier(baseUrl: string): Carrier {
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, body: unknown = null): Promise<{ status: number; json: unknown }> => {
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        signal: AbortSignal.timeout(deadlineMs),
        redirect: 'error',
        ...(body === null ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
      if (text.length > longestAnswer) throw new Error('the answer is too long');
      return { status: response.status, json: text === '' || response.status >= 400 ? null : (JSON.parse(text) as unknown) };
    } catch (error) {
      throw new LebError(
        'CARRIER_UNAVAILABLE',
        { call: `${method} ${path.split('?')[0]?.replace(/\d{6,}/g, '…') ?? ''}` },
        { cause: error },
      );
    }
  };

  return {
    offers: async () => {
      const { status, json } = await ask('GET', '/v1/plans');
      if (status !== 200) throw new LebError('CARRIER_UNAVAILABLE', { status });
      return read(plansAnswer, json).plans.map((plan) => plan.planId);
    },
    linesOf: async (holder) => {
      const { status, json } = await ask('GET', `/v1/lines?holder=${encodeURIComponent(holder)}`);
      if (status !== 200) throw new LebError('CARRIER_UNAVAILABLE', { status });
      return read(linesAnswer, json).lines.map(toLine);
    },
    line: async (wanted) => {
      const { status, json } = await ask('GET', `/v1/lines/${encodeURIComponent(wanted)}`);
      if (status === 404) return null;
      if (status !== 200) throw new LebError('CARRIER_UNAVAILABLE', { status });
      const line = toLine(read(lineAnswer, json));
      if (line.iccid !== wanted) throw new LebError('CARRIER_UNAVAILABLE', { reason: 'the answer is about another line' });
      return line;
    },
    claim: async (request) => {
      const { iccid: wanted, ...body } = request;
      const { status, json } = await ask('POST', `/v1/lines/${encodeURIComponent(wanted)}/claims`, body);
      if (status === 403 || status === 404) return null;
      if (status !== 200) throw new LebError('CARRIER_UNAVAILABLE', { status });
      const line = toLine(read(lineAnswer, json));
      if (line.iccid !== wanted) throw new LebError('CARRIER_UNAVAILABLE', { reason: 'the answer is about another line' });
      return line;
    },
    release: async ({ iccid: wanted, holder }) => {
      const { status } = await ask('DELETE', `/v1/lines/${encodeURIComponent(wanted)}/claims?holder=${encodeURIComponent(holder)}`);
      if (status !== 204 && status !== 404) throw new LebError('CARRIER_UNAVAILABLE', { status });
    },
    renew: async (request) => {
      const { status, json } = await ask('POST', '/v1/renewals', request);
      if (status !== 200 && status !== 201) throw new CarrierRefusal('a renewal', status);
      return toRenewal(read(renewalAnswer, json));
    },
    find: async (key) => {
      const { status, json } = await ask('GET', `/v1/renewals?key=${encodeURIComponent(key)}`);
      if (status === 404) return null;
      if (status !== 200) throw new LebError('CARRIER_UNAVAILABLE', { status });
      return toRenewal(read(renewalAnswer, json));
    },
    sms: async (request) => {
      const { status } = await ask('POST', '/v1/messages', request);
      if (status < 200 || status > 299) throw new CarrierRefusal('a message', status);
    },
  };
}
