import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import type { AtCommand } from './at-command.ts';
import { readNumber } from './at-command.ts';
import { assertCard } from './sim.ts';

const openingErrors = { absent: 10, noChannel: 100, notFound: 22 } as const;

/** Ways for the host to the card: logical channels (3GPP TS 27.007 §8.45 to §8.47) and plain APDUs (§8.17). */
export const cardAccessCommands: readonly AtCommand[] = [
  {
    name: '+CCHO',
    takes: { set: 30 },
    test: () => [],
    set: (modem, [aid]) => {
      assertCard(modem);
      const opened = modem.sim.openChannel(readHex(aid));
      if ('failure' in opened) throw new CmeError(openingErrors[opened.failure]);
      return [modem.kind.traits.openAnswer === 'bare' ? opened.session : `+CCHO: ${opened.session}`];
    },
  },
  {
    name: '+CGLA',
    takes: { set: 10 },
    takesMore: (modem, _form, [, , command]) => writeTime(modem, command),
    test: () => [],
    set: (modem, [session = '', length, command]) => {
      assertCard(modem);
      return [`+CGLA: ${formatAnswer(modem, modem.sim.transmitOn(session, readCommand(length, command)))}`];
    },
  },
  {
    name: '+CCHC',
    takes: { set: 10 },
    test: () => [],
    set: (modem, [session = '']) => {
      assertCard(modem);
      if (!modem.sim.closeChannel(session)) throw new CmeError(21);
      return [];
    },
  },
  {
    name: '+CSIM',
    takes: { set: 10 },
    takesMore: (modem, _form, [, command]) => writeTime(modem, command),
    test: () => [],
    set: (modem, [length, command]) => {
      assertCard(modem);
      return [`+CSIM: ${formatAnswer(modem, modem.sim.transmit(readCommand(length, command)))}`];
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

function formatAnswer({ kind }: ModemContext, answer: Uint8Array | null): string {
  if (answer === null) throw new CmeError(10);
  const length = answer.length * 2 + (kind.traits.lengths === 'wrong' ? 2 : 0);
  return `${length},"${bytesToHex(answer)}"`;
}

/** STORE DATA is what makes a card write. */
function writeTime({ kind }: ModemContext, command: string | undefined): number {
  return command?.slice(2, 4).toUpperCase() === 'E2' ? kind.traits.writeTime : 0;
}
