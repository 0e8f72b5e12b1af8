import type { AtChannel } from '../../at/channel-types.ts';
import { isDeviceError } from '../../errors.ts';

/** Asks for one thing; null where the modem does not tell. @throws DeviceError PORT_CLOSED, AT_TIMEOUT */
export async function askFor<Value>(channel: AtChannel, line: string, decode: (lines: readonly string[]) => Value): Promise<Value | null> {
  try {
    return decode((await channel.request({ line })).lines);
  } catch (error) {
    if (isDeviceError(error) && ['AT_ERROR', 'AT_ANSWER', 'CME_ERROR'].includes(error.code)) return null;
    throw error;
  }
}

/** One of several ways to ask for the same thing. */
export type AskWay<Value> = { readonly line: string; readonly specification: string; decode(lines: readonly string[]): Value };

/** The first way that the modem answers; null where it answers none. @throws DeviceError PORT_CLOSED, AT_TIMEOUT */
export async function askInTurn<Value>(channel: AtChannel, ways: readonly AskWay<Value>[]): Promise<Value | null> {
  for (const way of ways) {
    const value = await askFor(channel, way.line, (lines) => way.decode(lines));
    if (value !== null) return value;
  }
  return null;
}
