import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import type { AtCommand } from './at-command.ts';
import { readNumber } from './at-command.ts';
import { assertCard, identityOf } from './sim.ts';

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
      const bytes = readCommand(length, command);
      return [`+CSIM: ${formatAnswer(modem, answerOfPin(modem, bytes) ?? modem.sim.transmit(bytes))}`];
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

/**
 * VERIFY PIN and UNBLOCK PIN without a code ask for the counter: 63Cx, 6983 where none is left, 9000 for a PIN that is in already
 * (ETSI TS 102 221 §11.1.9, §11.1.13). The bench keeps the PINs of a card with its modem.
 */
function answerOfPin(modem: ModemContext, command: Uint8Array): Uint8Array | null {
  const header = bytesToHex(command);
  const { sim } = modem.state;
  if ((header !== '0020000100' && header !== '002C000100') || !('identity' in sim)) return null;
  const { pinLeft, pukLeft, requested } = modem.pinOf(identityOf(modem));
  const isVerify = header.startsWith('0020');
  if (isVerify && requested && sim.state === 'ready') return Uint8Array.of(0x90, 0x00);
  const left = isVerify ? pinLeft : pukLeft;
  return left === 0 ? Uint8Array.of(0x69, 0x83) : Uint8Array.of(0x63, 0xc0 | left);
}

/** STORE DATA is what makes a card write. */
function writeTime({ kind }: ModemContext, command: string | undefined): number {
  return command?.slice(2, 4).toUpperCase() === 'E2' ? kind.traits.writeTime : 0;
}
