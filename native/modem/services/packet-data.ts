import {
  activateContextCommand,
  activeContextsCommand,
  attachCommand,
  contextAddressesCommand,
  contextAuthenticationCommand,
  contextServersCommand,
  packetAttachedCommand,
  pdpContextsCommand,
  removePdpContextCommand,
  setContextAuthenticationCommand,
  setPdpContextCommand,
  type AuthenticationProtocol,
  type PdpContext,
} from '../../at/commands/pdp-context.ts';
import type { AtCommand } from '../../at/command.ts';
import type { DataCounters } from '../../at/commands/data-counters.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import { isRefusal } from '../refusal.ts';
import { askFor, askInTurn } from './ask.ts';
import type { ServiceParts } from './modem-services.ts';

export type Authentication = { readonly protocol: AuthenticationProtocol; readonly userName: string };
export type DataContext = PdpContext & {
  readonly active: boolean;
  readonly addresses: readonly string[];
  readonly dnsServers: readonly string[];
  /** Null where the modem does not say, as are the counters. */
  readonly authentication: Authentication | null;
  readonly counters: { readonly sent: number; readonly received: number } | null; // bytes
};
export type PacketData = {
  /** Null where the modem does not say. */
  readonly attached: boolean | null;
  readonly contexts: readonly DataContext[];
};

export type ContextOrder = Parameters<typeof setPdpContextCommand.encode>[0] & {
  /** Left out: as it is. */
  readonly authentication?: Authentication & { readonly password: string };
};

/** @throws DeviceError what the modem refuses; AT_ANSWER where it takes an order and does otherwise */
export type PacketDataControl = {
  read(): Promise<PacketData>;
  /** @throws DeviceError also MODEM_UNSUPPORTED where the modem has no command for the authentication */
  set(context: ContextOrder): Promise<PacketData>;
  remove(cid: number): Promise<PacketData>;
  /** Sets up the connection, or ends it; the network has a part in both. */
  activate(cid: number, active: boolean): Promise<PacketData>;
  setAttached(attached: boolean): Promise<PacketData>;
};

export function createPacketDataControl({ channel, vendor }: ServiceParts): PacketDataControl {
  /** One by one: an answer without any line says that there is none, which on a common line could not be told from a refusal. */
  function ask<Value>(command: AtCommand<void, Value>): Promise<Value | null> {
    return askFor(channel, command.encode(), (lines) => command.decode(lines));
  }

  async function read(): Promise<PacketData> {
    const contexts = pdpContextsCommand.decode((await channel.request({ line: pdpContextsCommand.encode() })).lines);
    const attached = await ask(packetAttachedCommand);
    const active = (await ask(activeContextsCommand)) ?? [];
    const given = (await ask(contextAddressesCommand)) ?? [];
    const servers = active.length === 0 ? [] : ((await ask(contextServersCommand)) ?? []);
    const authentications = await ask(contextAuthenticationCommand);
    const counters = active.length === 0 ? [] : ((await askInTurn(channel, vendor.counters)) ?? []);
    return {
      attached,
      contexts: contexts.map((context) => ({
        ...context,
        active: active.includes(context.cid),
        addresses: given.find(({ cid }) => cid === context.cid)?.addresses ?? [],
        dnsServers: [...new Set(servers.filter(({ cid }) => cid === context.cid).flatMap(({ dnsServers }) => dnsServers))],
        authentication: authenticationOf(context.cid, authentications),
        counters: countersOf(context.cid, active, counters),
      })),
    };
  }

  async function order(line: string, done: (after: PacketData) => boolean): Promise<PacketData> {
    await channel.request({ line });
    const after = await read();
    if (!done(after)) throw new DeviceError('AT_ANSWER', { command: line.slice(0, line.indexOf('=')), reason: 'unchanged' });
    return after;
  }

  async function setAuthentication(cid: number, authentication: NonNullable<ContextOrder['authentication']>): Promise<void> {
    try {
      await channel.request({ line: setContextAuthenticationCommand.encode({ cid, ...authentication }) });
    } catch (error) {
      if (!isDeviceError(error) || !isRefusal(error)) throw error;
      throw new DeviceError('MODEM_UNSUPPORTED', { setting: setContextAuthenticationCommand.name }, { cause: error });
    }
  }

  return {
    read,
    async set({ authentication, ...context }) {
      const after = await order(setPdpContextCommand.encode(context), ({ contexts }) =>
        contexts.some(({ cid, type, apn }) => cid === context.cid && type === context.type && apn === context.apn),
      );
      if (authentication === undefined) return after;
      await setAuthentication(context.cid, authentication);
      return read();
    },
    remove: (cid) => order(removePdpContextCommand.encode({ cid }), (after) => !after.contexts.some((context) => context.cid === cid)),
    activate: (cid, wanted) =>
      order(activateContextCommand.encode({ cid, active: wanted }), (after) =>
        after.contexts.some((context) => context.cid === cid && context.active === wanted),
      ),
    setAttached: (wanted) => order(attachCommand.encode(wanted), ({ attached }) => attached === wanted),
  };
}

/** A context that is not in the list of those with one has none. */
function authenticationOf(cid: number, told: readonly (Authentication & { readonly cid: number })[] | null): Authentication | null {
  if (told === null) return null;
  const own = told.find((one) => one.cid === cid);
  return { protocol: own?.protocol ?? 'none', userName: own?.userName ?? '' };
}

/** A sum of all contexts belongs to the one that is active, if there is only one. */
function countersOf(cid: number, active: readonly number[], told: readonly DataCounters[]): DataContext['counters'] {
  if (!active.includes(cid)) return null;
  const own = told.find((one) => one.cid === cid || (one.cid === null && active.length === 1));
  return own === undefined ? null : { sent: own.sent, received: own.received };
}
