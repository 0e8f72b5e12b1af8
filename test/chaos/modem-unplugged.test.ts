import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSubmit } from '#native/sms/encode-submit.ts';
import { usualTimings } from '#native/at/channel-types.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { virtualModemPath } from '#simulator/hardware.ts';
import { makeModemUnderTest, type ModemUnderTest } from './support/modem-under-test.ts';

/** The modem is pulled out after each byte that it sends in answer to a command. */
const [message] = encodeSubmit('Hello', { to: '+491700000000', concatenationReference: 1 });
if (message === undefined) throw new Error('a text has at least one part');
const openChannel = 'AT+CCHO="A0000005591010FFFFFFFF8900000100"';
/** GetEuiccData with the EID's tag (SGP.22 v2.5 §5.7.20). */
const readEid = 'AT+CGLA=1,22,"81E2910006BF3E035C015A"';

type Case = { readonly command: string; readonly payload?: string; readonly before?: string };
const cases: readonly Case[] = [
  { command: 'ATE1' },
  { command: 'AT+CMEE=1;+CREG=2;+CEREG=2;+CGMI;+CGMM;+CGMR;+CGSN' },
  { command: 'AT+CREG?;+COPS?;+CSQ;+CPIN?' },
  { command: 'AT+NOSUCH' },
  { command: `AT+CMGS=${message.tpduLength}`, payload: message.hex },
  { command: openChannel },
  { command: readEid, before: openChannel },
  { command: 'AT+CCHC=1', before: openChannel },
  { command: 'AT+CUSD=1,"*100#",15' },
];

let modem: ModemUnderTest;
beforeAll(async () => {
  // Deadlines are not what is tried here: none is missed, however busy the machine is.
  modem = await makeModemUnderTest({ timings: usualTimings, deadlineMs: 5_000 });
});
afterAll(() => modem.close());

/** Plugged in, with its card ready, as any modem after a while. */
async function plugIn(): Promise<void> {
  await modem.channel.close();
  modem.hardware.controls.modem.plug();
  await modem.open();
  await modem.untilAnswered('ATE1');
  for (let asked = 0; asked < 200; asked += 1) {
    if ((await modem.untilAnswered('AT+CPIN?')).lines.includes('+CPIN: READY')) return;
  }
  throw new Error('the card of the modem is never ready');
}

/** @returns whether the modem was pulled out before the command had its answer */
async function pullAfter(count: number, { command, payload, before }: Case): Promise<boolean> {
  await plugIn();
  if (before !== undefined) await modem.untilAnswered(before);
  let sent = 0;
  const { promise: pulled, resolve } = Promise.withResolvers<void>();
  const pull = (): void => {
    modem.hardware.controls.modem.unplug();
    resolve();
  };
  modem.line.misbehave({
    toHost(bytes, deliver) {
      const rest = count - sent;
      sent += bytes.length;
      if (rest > 0) deliver(bytes.subarray(0, rest));
      if (rest > 0 && sent >= count) setImmediate(pull);
    },
  });
  const waiting = modem.ask('AT');
  const [outcome, behind] = [await modem.ask(command, payload), await waiting];
  expect(behind).toSatisfy((one) => one === 'PORT_CLOSED' || typeof one !== 'string');
  await pulled;
  if (typeof outcome !== 'string') return false;
  expect(outcome, `${command} after ${count} bytes`).toBe('PORT_CLOSED');
  expect(modem.channel.closed).toBe(true);
  return true;
}

describe('a modem that is pulled out', () => {
  it.each(cases)('during $command, at every byte', async (one) => {
    let pulled = 0;
    while (await pullAfter(pulled + 1, one)) pulled += 1;
    expect(pulled).toBeGreaterThan(8);
  });

  it('can be used again', async () => {
    await plugIn();
    await modem.channel.close();
    const again = await openModem(await modem.hardware.serialTransport.open(virtualModemPath));
    expect(await again.status()).toMatchObject({ sim: 'ready' });
    expect(await again.messages.send(message)).toBeGreaterThanOrEqual(0);
    await again.close();
  });
});
