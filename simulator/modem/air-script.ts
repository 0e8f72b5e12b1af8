import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';
import { makeModemClock } from './modem-clock.ts';
import { radioTechnologies } from './radio-settings.ts';
import type { VirtualModem } from './virtual-modem.ts';

const technology = z.enum(radioTechnologies);
const number = z.string().regex(/^\+?\d{3,15}$/);
const level = { rsrp: z.number().min(-140).max(-44), rsrq: z.number().min(-20).max(-3).default(-10) };
const time = z.int().min(0).max(86_400_000); // milliseconds of the modem's time

const step = z.strictObject({
  /** Since the step before. */
  after: time,
  /** What is heard of all networks; over a while, it goes there bit by bit. */
  signal: z.strictObject({ ...level, over: time.default(0) }).optional(),
  technologies: z.array(technology).min(1).nullable().optional(),
  inReach: z.boolean().optional(),
  refuse: z.int().min(1).max(255).nullable().optional(),
  text: z.strictObject({ from: number, to: number, text: z.string().max(2000) }).optional(),
});

/** What happens around a modem, as a file. */
const airScript = z.strictObject({
  /** Instead of the bench's. */
  networks: z
    .array(
      z.strictObject({
        mccMnc: z.string().regex(/^\d{5,6}$/),
        name: z.string().min(1).max(40),
        bands: z.partialRecord(technology, z.array(z.int().min(1).max(1900)).min(1)).default({ gsm: [900], utran: [1], eutran: [3] }),
        ...level,
      }),
    )
    .optional(),
  scanTime: time.optional(),
  /** What the network says to a code, and to what is answered to that: `*100#/1`. */
  codes: z.record(z.string().min(1).max(60), z.strictObject({ text: z.string().max(160), more: z.boolean().default(false) })).optional(),
  /** Telephones that are never switched on. */
  unreachable: z.array(number).optional(),
  steps: z.array(step).max(10_000).default([]),
  /** Begins again with the first step after the last one. */
  repeat: z.boolean().default(false),
});

export type AirScript = z.infer<typeof airScript>;

/** @throws UsageError that names what is wrong in the file */
export function readAirScript(path: string): AirScript {
  try {
    return airScript.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new UsageError(`--script: ${reason}`);
  }
}

const walkStep = 1000; // milliseconds

/** Begins at once. @returns the way to end it */
export function runAirScript(
  script: AirScript,
  { air, receiveText }: Pick<VirtualModem, 'air' | 'receiveText'>,
  timeScale: number,
): () => void {
  const clock = makeModemClock(timeScale);
  let rsrp = -96;
  let rsrq = -9;
  if (script.networks !== undefined) air.setNetworks(script.networks);
  if (script.scanTime !== undefined) air.setScanTime(script.scanTime);
  if (script.codes !== undefined) air.setCodes(script.codes);
  if (script.unreachable !== undefined) air.setUnreachable(script.unreachable);

  function hear(next: { readonly rsrp: number; readonly rsrq: number }): void {
    ({ rsrp, rsrq } = next);
    air.setSignal(rsrp, rsrq);
  }

  function walk({ over, ...to }: NonNullable<AirScript['steps'][number]['signal']>): void {
    const strides = Math.floor(over / walkStep);
    const from = { rsrp, rsrq };
    for (let stride = 1; stride < strides; stride += 1) {
      const part = stride / strides;
      clock.after(stride * walkStep, () =>
        hear({ rsrp: from.rsrp + (to.rsrp - from.rsrp) * part, rsrq: from.rsrq + (to.rsrq - from.rsrq) * part }),
      );
    }
    if (strides === 0) hear(to);
    else clock.after(strides * walkStep, () => hear(to));
  }

  function take({ signal, technologies, inReach, refuse, text }: AirScript['steps'][number]): void {
    if (signal !== undefined) walk(signal);
    if (technologies !== undefined) air.setTechnologies(technologies);
    if (inReach !== undefined) air.setReach(inReach);
    if (refuse !== undefined) air.refuse(refuse);
    if (text !== undefined) receiveText(text);
  }

  function schedule(): void {
    let at = 0;
    for (const one of script.steps) {
      at += one.after;
      clock.after(at, () => take(one));
    }
    // Steps that take no time would be repeated for ever at once.
    if (script.repeat && at > 0) clock.after(at, schedule);
  }

  schedule();
  return () => clock.stop();
}
