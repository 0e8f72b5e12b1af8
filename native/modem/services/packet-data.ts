import {
  activateContextCommand,
  activeContextsCommand,
  contextAddressesCommand,
  packetAttachedCommand,
  pdpContextsCommand,
  removePdpContextCommand,
  setPdpContextCommand,
  type PdpContext,
} from '../../at/commands/pdp-context.ts';
import type { AtCommand } from '../../at/command.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import type { ServiceParts } from './modem-services.ts';

export type PacketData = {
  /** Null where the modem does not say. */
  readonly attached: boolean | null;
  readonly contexts: readonly (PdpContext & { readonly active: boolean; readonly addresses: readonly string[] })[];
};

/** @throws DeviceError what the modem refuses; AT_ANSWER where it takes an order and does otherwise */
export type PacketDataControl = {
  read(): Promise<PacketData>;
  set(context: Parameters<typeof setPdpContextCommand.encode>[0]): Promise<PacketData>;
  remove(cid: number): Promise<PacketData>;
  /** Sets up the connection, or ends it; the network has a part in both. */
  activate(cid: number, active: boolean): Promise<PacketData>;
};

export function createPacketDataControl({ channel }: ServiceParts): PacketDataControl {
  /** One by one: an answer without any line says that there is none, which on a common line could not be told from a refusal. */
  async function ask<Value>(command: AtCommand<void, Value>): Promise<Value> {
    return command.decode((await channel.request({ line: command.encode() })).lines);
  }

  /** Null where the modem does not say. */
  async function askFor<Value>(command: AtCommand<void, Value>): Promise<Value | null> {
    try {
      return await ask(command);
    } catch (error) {
      if (isDeviceError(error) && ['AT_ERROR', 'AT_ANSWER', 'CME_ERROR'].includes(error.code)) return null;
      throw error;
    }
  }

  async function read(): Promise<PacketData> {
    const contexts = await ask(pdpContextsCommand);
    const attached = await askFor(packetAttachedCommand);
    const active = (await askFor(activeContextsCommand)) ?? [];
    const given = (await askFor(contextAddressesCommand)) ?? [];
    return {
      attached,
      contexts: contexts.map((context) => ({
        ...context,
        active: active.includes(context.cid),
        addresses: given.find(({ cid }) => cid === context.cid)?.addresses ?? [],
      })),
    };
  }

  async function order(line: string, done: (after: PacketData) => boolean): Promise<PacketData> {
    await channel.request({ line });
    const after = await read();
    if (!done(after)) throw new DeviceError('AT_ANSWER', { command: line.slice(0, line.indexOf('=')), reason: 'unchanged' });
    return after;
  }

  return {
    read,
    set: (context) =>
      order(setPdpContextCommand.encode(context), (after) =>
        after.contexts.some(({ cid, type, apn }) => cid === context.cid && type === context.type && apn === context.apn),
      ),
    remove: (cid) => order(removePdpContextCommand.encode({ cid }), (after) => !after.contexts.some((context) => context.cid === cid)),
    activate: (cid, wanted) =>
      order(activateContextCommand.encode({ cid, active: wanted }), (after) =>
        after.contexts.some((context) => context.cid === cid && context.active === wanted),
      ),
  };
}
