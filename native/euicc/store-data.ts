import type { ApduChannel, CardAccess, ResponseApdu } from '../apdu/card-access.ts';
import { formatStatus } from '../apdu/exchange.ts';
import { DeviceError, isDeviceError } from '../errors.ts';

/** Blocks that pass where longer ones do not: 120 bytes through most modems, 63 over the slowest links. */
const smallerBlocks = [120, 63] as const;
const maxBlocks = 256;

/** Wrong length, and the two ways in which transports refuse a block that is too long for them. */
const lengthRefusals: ReadonlySet<number> = new Set([0x6700, 0x6601, 0x6f00]);

/** What a modem says to a line that is too long for it (3GPP TS 27.007 §9.2): not supported, string too long, wrong parameters, unknown. */
const modemRefusals: ReadonlySet<unknown> = new Set([4, 24, 50, 100]);

/**
 * Sends one ES10 request as a STORE DATA script (SGP.22 v2.5 §5.7.2) and gives back the answer of its last block.
 * Where a block is refused for its length, the whole script starts again with smaller ones; later scripts begin with what has passed.
 * With `leaveAnswer` it is empty where it would cost another command.
 * @throws DeviceError CARD_STATUS with `command` and `sw`; whatever the channel throws
 */
export async function storeData(
  access: CardAccess,
  channel: ApduChannel,
  name: string,
  request: Uint8Array,
  leaveAnswer = false,
): Promise<Uint8Array> {
  let block = access.maxBlock;
  for (;;) {
    const outcome = await sendScript(channel, request, block, leaveAnswer).catch((error: unknown) => {
      if (isDeviceError(error) && refusesLength(error)) return error;
      throw error;
    });
    if (!isDeviceError(outcome) && isSuccess(outcome.sw)) {
      if (block !== access.maxBlock) access.keepBlock(block);
      return outcome.data;
    }
    const size = Math.min(block, request.length);
    const smaller = smallerBlocks.find((one) => one < size);
    const isRefusal = isDeviceError(outcome) || lengthRefusals.has(outcome.sw);
    if (isRefusal && smaller !== undefined) {
      block = smaller;
      continue;
    }
    throw isDeviceError(outcome) ? outcome : new DeviceError('CARD_STATUS', { command: name, sw: formatStatus(outcome.sw) });
  }
}

function isSuccess(sw: number): boolean {
  return sw === 0x9000 || sw >> 8 === 0x91;
}

function refusesLength(error: DeviceError): boolean {
  return error.code === 'AT_ERROR' || (error.code === 'CME_ERROR' && modemRefusals.has(error.details['code']));
}

/** One run over the script; ends early at the first status that is not success. */
async function sendScript(channel: ApduChannel, request: Uint8Array, block: number, leaveAnswer: boolean): Promise<ResponseApdu> {
  const count = Math.max(1, Math.ceil(request.length / block));
  if (count > maxBlocks) throw new RangeError(`a script of ${count} blocks`);
  let answer: ResponseApdu = { data: new Uint8Array(), sw: 0x9000 };
  for (let number = 0; number < count; number += 1) {
    const last = number === count - 1;
    answer = await channel.transmit({
      cla: 0x80,
      ins: 0xe2,
      p1: last ? 0x91 : 0x11,
      p2: number,
      data: request.subarray(number * block, (number + 1) * block),
      // Only the last block has an answer; the channel keeps the Le at home where it would hurt.
      ...(last ? { le: 0, leaveAnswer } : {}),
    });
    if (!isSuccess(answer.sw)) return answer;
  }
  return answer;
}
