import type { AtChannel } from '../../at/channel-types.ts';
import { createModemMessages, type ModemMessages } from './modem-messages.ts';
import { createModemUssd, type ModemUssd } from './modem-ussd.ts';

/** Messages and codes of one modem; both hear each line that it sends by itself. */
export type Messaging = {
  readonly messages: ModemMessages;
  readonly ussd: ModemUssd;
  note(line: string): void;
  /** The port has closed. */
  end(): void;
};

export function createMessaging(channel: AtChannel): Messaging {
  const messages = createModemMessages(channel);
  const ussd = createModemUssd(channel);
  return {
    messages,
    ussd,
    note(line) {
      messages.note(line);
      ussd.note(line);
    },
    end() {
      messages.end();
      ussd.end();
    },
  };
}
