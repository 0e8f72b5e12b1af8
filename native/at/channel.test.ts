import { describe, expect, it } from 'vitest';
import type { AtChannelTimings } from './channel-types.ts';
import { createAtChannel } from './channel.ts';
import { createScriptedPort, type ScriptedPort, type ScriptedPortOptions } from './scripted-port.fixture.ts';

const quick: AtChannelTimings = { quietMs: 15, gapMs: 1, pingMs: 60, heldPollMs: 60, promptMs: 60 };

function open(answer: (line: string) => string | null, options?: ScriptedPortOptions, timings = quick) {
  const port = createScriptedPort(answer, options);
  const news: string[] = [];
  const closed: boolean[] = [];
  const channel = createAtChannel(
    port.connection,
    { onUnsolicited: (line) => news.push(line), onClose: (unplugged) => closed.push(unplugged) },
    timings,
  );
  return { port, channel, news, closed };
}

function later(port: ScriptedPort, text: string, milliseconds: number): void {
  setTimeout(() => {
    port.say(text);
  }, milliseconds);
}

const ok = '\r\nOK\r\n';

describe('createAtChannel', () => {
  it('returns the lines and the final result, with and without echo, whole and byte by byte', async () => {
    for (const echo of [true, false]) {
      for (const pieces of [undefined, 1, 3]) {
        const { channel } = open(() => `\r\n+CSQ: 20,99\r\n${ok}`, pieces === undefined ? { echo } : { echo, pieces });
        expect(await channel.request({ line: 'AT+CSQ' })).toEqual({ lines: ['+CSQ: 20,99'], final: { kind: 'ok', line: 'OK' } });
      }
    }
  });

  it('makes an error of every final result that is not a success', async () => {
    const answers: Record<string, string> = {
      'AT+A': 'ERROR',
      'AT+B': '+CME ERROR: 10',
      'AT+C': '+CME ERROR: SIM not inserted',
      'AT+D': '+CMS ERROR: 322',
      ATD1: 'NO CARRIER',
      ATD2: 'BUSY',
      ATD3: 'NO ANSWER',
      ATD4: 'NO DIALTONE',
      'AT+E': 'COMMAND NOT SUPPORT',
    };
    const { channel } = open((line) => `\r\n${answers[line] ?? ''}\r\n`);
    await expect(channel.request({ line: 'AT+A' })).rejects.toMatchObject({ code: 'AT_ERROR', details: { command: 'AT+A' } });
    await expect(channel.request({ line: 'AT+B' })).rejects.toMatchObject({
      code: 'CME_ERROR',
      details: { code: 10, name: 'SIM not inserted' },
    });
    await expect(channel.request({ line: 'AT+C' })).rejects.toMatchObject({ code: 'CME_ERROR', details: { code: 10 } });
    await expect(channel.request({ line: 'AT+D' })).rejects.toMatchObject({
      code: 'CMS_ERROR',
      details: { code: 322, name: 'Memory full' },
    });
    for (const [line, result] of [
      ['ATD1', 'NO CARRIER'],
      ['ATD2', 'BUSY'],
      ['ATD3', 'NO ANSWER'],
      ['ATD4', 'NO DIALTONE'],
    ] as const) {
      await expect(channel.request({ line })).rejects.toMatchObject({ code: 'NO_CARRIER', details: { result } });
    }
    await expect(channel.request({ line: 'AT+E' })).rejects.toMatchObject({ code: 'AT_ERROR' });
  });

  it('takes news out of the middle of an answer, with the lines that belong to it', async () => {
    const { channel, news } = open(() => `\r\n+CGMI: A\r\n+CEREG: 1\r\n+CMT: ,23\r\n0011OK\r\nsecond\r\n${ok}`);
    expect((await channel.request({ line: 'AT+CGMI' })).lines).toEqual(['+CGMI: A', 'second']);
    expect(news).toEqual(['+CEREG: 1', '+CMT: ,23', '0011OK']);
  });

  it('tells the answer to AT+CREG? from news with the same name', async () => {
    const { channel, news } = open(() => `\r\n+CREG: 5,"00AB","01CD"\r\n+CREG: 2,1,"33FE","A3FB477",7\r\n${ok}`);
    expect((await channel.request({ line: 'AT+CREG?' })).lines).toEqual(['+CREG: 2,1,"33FE","A3FB477",7']);
    expect(news).toEqual(['+CREG: 5,"00AB","01CD"']);
  });

  it('serves the person before polling, one command at a time', async () => {
    const { channel, port } = open(() => ok);
    await Promise.all([
      channel.request({ line: 'AT+1', priority: 'poll' }),
      channel.request({ line: 'AT+2', priority: 'poll' }),
      channel.request({ line: 'AT+3' }),
      channel.request({ line: 'AT+4' }),
    ]);
    expect(port.written).toEqual(['AT+1', 'AT+3', 'AT+4', 'AT+2']);
    expect(channel.commandCount).toBe(4);
  });

  it('keeps polling waiting while the port is reserved, but not for ever', async () => {
    const { channel, port } = open(() => ok);
    const release = channel.holdPolling();
    const refused = channel.request({ line: 'AT+LATE', priority: 'poll' });
    await channel.request({ line: 'AT+NOW' });
    await expect(refused).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    const waiting = channel.request({ line: 'AT+POLL', priority: 'poll' });
    release();
    await waiting;
    expect(port.written).toEqual(['AT+NOW', 'AT+POLL']);
  });

  it.each([true, false])('never gives a late answer to the next command (echo %s)', async (echo) => {
    const { channel, port } = open((line) => (line === 'AT+SLOW' ? null : line === 'AT+NEXT' ? `\r\n+NEXT: right\r\n${ok}` : ok), { echo });
    await channel.request({ line: 'AT' });
    const slow = channel.request({ line: 'AT+SLOW', timeoutMs: 30 });
    later(port, `\r\n+SLOW: late\r\n${ok}`, 40);
    await expect(slow).rejects.toMatchObject({ code: 'AT_TIMEOUT', details: { command: 'AT+SLOW' } });
    expect((await channel.request({ line: 'AT+NEXT' })).lines).toEqual(['+NEXT: right']);
  });

  it('keeps late answers apart also after it had to ask three times whether the modem still listens', async () => {
    // Asleep, it keeps what it is asked; at the third question it wakes up and answers everything, echoes too, one piece after the other.
    const asked: string[] = [];
    let awake = false;
    const { channel, port } = open(
      (line) => {
        if (awake) return `${line}\r${line === 'AT+NEXT' ? '\r\n+NEXT: right\r\n' : ''}${ok}`;
        asked.push(line);
        if (asked.filter((one) => one === 'AT').length === 3) {
          awake = true;
          asked.forEach((one, index) => {
            later(port, `${one}\r${one === 'AT+SLOW' ? '\r\n+SLOW: late\r\n' : ''}${ok}`, 4 * index);
          });
        }
        return null;
      },
      { echo: false },
    );
    await expect(channel.request({ line: 'AT+SLOW', timeoutMs: 20 })).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
    expect((await channel.request({ line: 'AT+NEXT', timeoutMs: 1_000 })).lines).toEqual(['+NEXT: right']);
  });

  it.each([true, false])('takes nothing for an answer that was here before the command was sent (echo %s)', async (echo) => {
    const { channel } = open((line) => `\r\n${line.slice(2)}: 1\r\n${ok}`.repeat(2), { echo });
    for (const name of ['+A', '+B', '+C', '+D']) {
      expect((await channel.request({ line: `AT${name}` })).lines).toEqual([`${name}: 1`]);
    }
  });

  it('leaves what another program asks to the other program', async () => {
    const { channel, port, news } = open(() => null, { echo: false });
    const ask = async (said: string): Promise<readonly string[]> => {
      const asked = channel.request({ line: 'AT+OURS', timeoutMs: 1_000 });
      port.say(said);
      return (await asked).lines;
    };
    const ours = `\r\n+OURS: 1\r\n${ok}`;
    const theirs = `\r\n+THEIRS: 1\r\n${ok}`;
    expect(await ask(`AT+OURS\r${ours}`)).toEqual(['+OURS: 1']);
    expect(await ask(`AT+THEIRS\rAT+OURS\r${theirs}${ours}`)).toEqual(['+OURS: 1']);
    expect(await ask(`AT+OURS\rAT+THEIRS\r${ours}`)).toEqual(['+OURS: 1']);
    expect(await ask(`AT+OURS\r${theirs}${ours}`)).toEqual(['+OURS: 1']);
    port.say(`AT+THEIRS\r${theirs}`);
    expect(await ask(`AT+OURS\r${ours}`)).toEqual(['+OURS: 1']);
    expect(news).toEqual(['+THEIRS: 1']);
  });

  it('keeps a list of commands for an answer', async () => {
    const list = ['AT+CGMI', 'AT+CSQ', 'AT&F'];
    const { channel } = open((line) => (line === 'AT+CLAC' ? `\r\n${list.join('\r\n')}\r\n${ok}` : ok));
    await channel.request({ line: 'AT' });
    expect((await channel.request({ line: 'AT+CLAC' })).lines).toEqual(list);
    expect((await channel.request({ line: 'AT' })).lines).toEqual([]);
  });

  it('lets the line come to rest before it polls, and before everything where a modem does not echo', async () => {
    const timings = { ...quick, gapMs: 25 };
    const echoing = open(() => ok, {}, timings);
    await echoing.channel.request({ line: 'AT' });
    await Promise.all([echoing.channel.request({ line: 'AT+POLL', priority: 'poll' }), echoing.channel.request({ line: 'AT+USER' })]);
    expect(echoing.port.written).toEqual(['AT', 'AT+USER', 'AT+POLL']);
    const silent = open(() => ok, { echo: false }, timings);
    await silent.channel.request({ line: 'AT' });
    const begun = performance.now();
    for (const line of ['AT', 'AT', 'AT']) await silent.channel.request({ line });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(3 * 24);
  });

  it('polls also where the line never rests', async () => {
    const { channel, port } = open(() => ok, {}, { ...quick, gapMs: 20 });
    await channel.request({ line: 'AT' });
    const chatter = setInterval(() => port.say('\r\n+CSQ: 20,99\r\n'), 5);
    await channel.request({ line: 'AT+POLL', priority: 'poll' });
    clearInterval(chatter);
  });

  it('leaves a prompt that another program has left open', async () => {
    let prompting = true;
    const { channel, port } = open((line) => {
      if (line === '\u001b') prompting = false;
      return prompting ? null : ok;
    });
    await expect(channel.request({ line: 'ATE1', timeoutMs: 30 })).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
    await channel.request({ line: 'ATE1' });
    expect(port.written).toEqual(['ATE1', '\u001b', '', 'AT', 'ATE1']);
  });

  it('sends no message into a prompt that comes before the echo', async () => {
    const { channel, port } = open((line) => (line === 'AT' ? ok : null), { echo: false });
    port.say('AT\r');
    const first = channel.request({ line: 'AT' });
    port.say('AT\r');
    await first;
    const sent = channel.request({ line: 'AT+CMGS=4', payload: Buffer.from('0011AABB'), timeoutMs: 1_000 });
    port.say('\r\n> \r\nAT+CMGS=4\r');
    expect(port.written.at(-1)).toBe('AT+CMGS=4');
    port.say('\r\n> ');
    await expect.poll(() => port.written.at(-1)).toBe('0011AABB\u001a');
    port.say(`\r\n+CMGS: 5\r\n${ok}`);
    expect((await sent).lines).toEqual(['+CMGS: 5']);
  });

  it('goes on after a modem stopped echoing', async () => {
    const { channel, port } = open(() => ok);
    await channel.request({ line: 'AT' });
    await channel.request({ line: 'ATE0' });
    await channel.request({ line: 'AT+CSQ' });
    await channel.request({ line: 'ATE1' });
    await channel.request({ line: 'AT+CSQ' });
    expect(port.written).toHaveLength(5);
  });

  it('sends the message after the prompt, and gives a prompt without message up', async () => {
    const { channel, port } = open((line) => {
      if (line.startsWith('AT+CMGS')) return '\r\n> ';
      if (line.endsWith('\u001a')) return `\r\n+CMGS: 5\r\n${ok}`;
      return ok;
    });
    const sent = await channel.request({ line: 'AT+CMGS=4', payload: Buffer.from('0011AABB') });
    expect(sent.lines).toContain('+CMGS: 5');
    await channel.request({ line: 'AT+CMGS=4' });
    expect(port.written).toEqual(['AT+CMGS=4', '0011AABB\u001a', 'AT+CMGS=4', '\u001b']);
  });

  it('refuses what is not one line', async () => {
    const { channel, port } = open(() => ok);
    for (const line of ['', 'AT\rAT+CFUN=0', 'AT\u001a', `AT${'x'.repeat(20_000)}`]) {
      await expect(channel.request({ line })).rejects.toMatchObject({ code: 'AT_ERROR' });
    }
    expect(port.written).toEqual([]);
  });

  it('rejects everything at once when the port closes, at whatever byte of the answer', async () => {
    const answer = `\r\n+CSQ: 20,99\r\n+CREG: 1\r\n${ok}`;
    const whole = `AT+CSQ\r${answer}`.length;
    for (let bytes = 1; bytes < whole - 1; bytes += 1) {
      const { channel, closed } = open(() => answer, { unplugAfter: bytes, pieces: 1 });
      const begun = performance.now();
      const results = await Promise.allSettled([
        channel.request({ line: 'AT+CSQ' }),
        channel.request({ line: 'AT+COPS?' }),
        channel.request({ line: 'AT+CREG?', priority: 'poll' }),
      ]);
      for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'PORT_CLOSED' } });
      expect(performance.now() - begun).toBeLessThan(2_000);
      expect(closed).toEqual([true]);
      await expect(channel.request({ line: 'AT' })).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    }
  });

  it('takes a modem that misses ten deadlines in a row for gone', async () => {
    const { channel, closed } = open(() => null);
    const codes: string[] = [];
    while (!channel.closed) {
      await channel.request({ line: 'AT', timeoutMs: 5 }).catch((error: unknown) => codes.push((error as { code: string }).code));
    }
    expect(codes.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'AT_TIMEOUT'));
    expect(closed).toEqual([true]);
  });
});
