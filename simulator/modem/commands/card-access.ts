import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { CmeError } from '../cme-error.ts';
import type { AtCommand } from './at-command.ts';
import { readNumber } from './at-command.ts';
import { assertCard } from './sim.ts';

/** Ways for the host to the card: logical channels (3GPP TS 27.007 §8.45 to §8.47) and plain APDUs (§8.17). */
export const cardAccessCommands: readonly AtCommand[] = [
  {
    name: '+CCHO',
    takes: { set: 30 },
    test: () => [],
    set: (modem, [aid]) => {
      assertCard(modem);
      const channel = modem.sim.openChannel(readHex(aid));
      switch (channel) {
        case 'absent':
          throw new CmeError(10);
        case 'noChannel':
          throw new CmeError(100);
        case 'notFound':
          throw new CmeError(22);
        default:
          return [`+CCHO: ${channel}`];
      }
    },
  },
  {
    name: '+CGLA',
    takes: { set: 10 },
    test: () => [],
    set: (modem, [session, length, command]) => {
      assertCard(modem);
      return [`+CGLA: ${formatAnswer(modem.sim.transmitOn(readNumber(session, 19), readCommand(length, command)))}`];
    },
  },
  {
    name: '+CCHC',
    takes: { set: 10 },
    test: () => [],
    set: (modem, [session]) => {
      assertCard(modem);
      if (!modem.sim.closeChannel(readNumber(session, 19))) throw new CmeError(21);
      return [];
    },
  },
  {
    name: '+CSIM',
    takes: { set: 10 },
    test: () => [],
    set: (modem, [length, command]) => {
      assertCard(modem);
      return [`+CSIM: ${formatAnswer(modem.sim.transmit(readCommand(length, command)))}`];
    },
  },
];

/** The length counts hex digits, not bytes. @throws CmeError 50 */
function readCommand(length: string | undefined, command: string | undefined): Uint8Array {
  if (command === undefined || readNumber(length, 522) !== command.length) throw new CmeError(50);
  return readHex(command);
}

function readHex(text: string | undefined): Uint8Array {
  if (text === undefined || text.length < 2 || text.length % 2 !== 0 || !/^[0-9A-F]+$/i.test(text)) throw new CmeError(50);
  return hexToBytes(text);
}

function formatAnswer(answer: Uint8Array | null): string {
  if (answer === null) throw new CmeError(10);
  return `${answer.length * 2},"${bytesToHex(answer)}"`;
}
