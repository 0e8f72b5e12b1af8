import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { encodeSwappedDigits } from '#native/euicc/tlv/digits.ts';
import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import type { SimIdentity } from '../sim-driver.ts';
import type { AtCommand } from './at-command.ts';
import { readNumber } from './at-command.ts';

/** EF ICCID (ETSI TS 102 221 §13.2). */
const cardNumberFile = 0x2fe2;
const simErrors = { absent: 10, pinRequired: 11, pukRequired: 12, failed: 13, off: 13, starting: 14 } as const;

/** The SIM as the modem knows it since it powered it up. @throws CmeError 10 to 14 */
export function assertSim(modem: ModemContext): SimIdentity {
  const { sim } = modem.state;
  if (sim.state === 'ready') return sim.identity;
  throw new CmeError(simErrors[sim.state]);
}

/** The same of a card that waits for its PIN: its number can be read by anybody. @throws CmeError 10, 13, 14 */
export function identityOf(modem: ModemContext): SimIdentity {
  const { sim } = modem.state;
  return 'identity' in sim ? sim.identity : assertSim(modem);
}

/** The card answers APDUs even where it has no enabled profile. @throws CmeError 10, 13, 14 */
export function assertCard(modem: ModemContext): void {
  if (modem.state.sim.state !== 'failed' || !modem.slot.present()) identityOf(modem);
}

export const simCommands: readonly AtCommand[] = [
  { name: '+CIMI', takes: { execute: 20 }, execute: (modem) => [assertSim(modem).imsi], test: () => [] },
  { name: '+CRSM', takes: { set: 20 }, set: accessFile, test: () => [] },
];

/** Restricted SIM access (3GPP TS 27.007 §8.18): READ BINARY, READ RECORD and GET RESPONSE, which gives the file's parameters. */
function accessFile(modem: ModemContext, [command, file, first, second, length]: readonly string[]): readonly string[] {
  assertCard(modem);
  const id = readNumber(file, 0xffff);
  const instructions = new Map([
    ['176', 0xb0],
    ['178', 0xb2],
    ['192', null],
  ]);
  const instruction = instructions.get(command ?? '');
  if (instruction === undefined) throw new CmeError(4);
  if (id === cardNumberFile && instruction !== null && !modem.kind.traits.heedsRefresh) {
    // It has not looked since: what it has read once is what it tells.
    return [`+CRSM: 144,0,"${bytesToHex(encodeSwappedDigits(identityOf(modem).iccid, 10))}"`];
  }
  const answer = modem.sim.accessFile(
    id,
    instruction === null
      ? 'parameters'
      : Uint8Array.of(0, instruction, readNumber(first, 255), readNumber(second, 255), readNumber(length, 255)),
  );
  if (answer === null) throw new CmeError(10);
  const data = bytesToHex(answer.subarray(0, -2));
  return [`+CRSM: ${answer.at(-2)},${answer.at(-1)}${data === '' ? '' : `,"${data}"`}`];
}
