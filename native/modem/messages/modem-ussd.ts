import type { AtChannel } from '../../at/channel-types.ts';
import { cancelUssdCommand, characterSetCommand, decodeUssdNews, sendUssdCommand, type UssdState } from '../../at/commands/ussd.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import { decodeUssdText, encodeUssdText } from './ussd-text.ts';

/** What the network said. `answerExpected`: it waits for one; text null: it said nothing. */
export type UssdReply = { readonly state: UssdState; readonly text: string | null };

/** The dialogue with the network behind codes such as `*100#`. One at a time. */
export type ModemUssd = {
  /**
   * A code, or the answer that a menu waits for.
   * @throws DeviceError USSD_NO_ANSWER, DEVICE_BUSY while another one waits, and what the modem refuses
   */
  send(text: string): Promise<UssdReply>;
  /** Ends the dialogue; none is no error. @throws DeviceError */
  cancel(): Promise<void>;
};

export type ModemUssdEnd = ModemUssd & { note(line: string): void; end(): void };

/** Networks give up before. */
const usualAnswerMs = 60_000;

/** A whole code, or an answer; quotes and line ends would leave the command (3GPP TS 22.090 allows 182 characters). */
const sendable = /^[^"\p{Cc}]{1,182}$/u;

export function createModemUssd(channel: AtChannel, answerMs = usualAnswerMs): ModemUssdEnd {
  let waiting: { take(reply: UssdReply): void; fail(error: DeviceError): void } | null = null;
  let characterSet: string | null = null;
  /** The lines of a text that is not closed yet. */
  let lines: readonly string[] = [];

  /** Hears before it speaks: some modems give the network's answer before their own. */
  function hear(): { readonly latest: () => UssdReply | null; readonly first: Promise<UssdReply> } {
    let latest: UssdReply | null = null;
    const { promise, resolve, reject } = Promise.withResolvers<UssdReply>();
    promise.catch(() => undefined); // where the command itself fails nobody asks for it
    waiting = {
      take(reply) {
        latest = reply;
        resolve(reply);
      },
      fail: reject,
    };
    return { latest: () => latest, first: promise };
  }

  return {
    note(line) {
      const isFirst = /^\+CUSD\s*:/i.test(line);
      if (!isFirst && lines.length === 0) return;
      lines = isFirst ? [line] : [...lines, line];
      const text = lines.join('\n');
      if (text.split('"').length % 2 === 0 && lines.length < 30) return;
      const news = decodeUssdNews(lines);
      lines = [];
      if (news === null) return;
      const said = decodeUssdText(news.text, news.dataCoding, characterSet);
      waiting?.take({ state: news.state, text: said === '' ? null : said });
    },
    end() {
      waiting?.fail(new DeviceError('PORT_CLOSED'));
    },
    async send(text) {
      if (waiting !== null) throw new DeviceError('DEVICE_BUSY', { command: 'AT+CUSD' });
      if (!sendable.test(text)) throw new DeviceError('SMS_NOT_ENCODABLE', { reason: 'alphabet' });
      const answer = hear();
      try {
        characterSet = await channel.request({ line: characterSetCommand.encode() }).then(
          (exchange) => characterSetCommand.decode(exchange.lines),
          (error: unknown) => {
            if (isDeviceError(error) && ['AT_ERROR', 'CME_ERROR'].includes(error.code)) return null;
            throw error;
          },
        );
        const written = encodeUssdText(text, characterSet);
        if (written === null) throw new DeviceError('SMS_NOT_ENCODABLE', { reason: 'alphabet' });
        await channel.request({ line: sendUssdCommand.encode(written) });
        // Of several that came before the modem's own answer the last one counts: a release goes before the text.
        return answer.latest() ?? (await withDeadline(answer.first, answerMs));
      } finally {
        waiting = null;
      }
    },
    async cancel() {
      try {
        await channel.request({ line: cancelUssdCommand.encode() });
      } catch (error) {
        // Modems that have no dialogue to end say so with an error.
        if (!isDeviceError(error) || !['AT_ERROR', 'CME_ERROR'].includes(error.code)) throw error;
      }
      waiting?.fail(new DeviceError('CANCELLED', { command: 'AT+CUSD' }));
    },
  };
}

function withDeadline(reply: Promise<UssdReply>, milliseconds: number): Promise<UssdReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeviceError('USSD_NO_ANSWER', { timeoutMs: milliseconds })), milliseconds);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
