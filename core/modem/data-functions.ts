import type { PacketData, SuggestedContext } from '#contract/desk/modem.ts';
import type { Modem } from '#native/modem/modem.ts';
import type { ContextOrder, PacketData as NativePacketData } from '#native/modem/services/packet-data.ts';
import { carrierContexts } from '../facts/carrier-contexts.ts';

type On = { readonly deviceId: string };
type ContextInput = Omit<ContextOrder, 'authentication'> & { readonly authentication?: ContextOrder['authentication'] | undefined };

/** Contexts for data, and what carriers tell their customers to enter in them. */
export type DataFunctions = {
  packetData(input: On): Promise<PacketData>;
  setContext(input: On & ContextInput): Promise<PacketData>;
  removeContext(input: On & { readonly cid: number }): Promise<PacketData>;
  activateContext(input: On & { readonly cid: number; readonly active: boolean }): Promise<PacketData>;
  setAttached(input: On & { readonly attached: boolean }): Promise<PacketData>;
  suggestedContexts(input: On): Promise<SuggestedContext[]>;
};

export function createDataFunctions(modemOf: (input: On) => Modem): DataFunctions {
  const dataOf = (input: On) => modemOf(input).services.packetData;
  return {
    packetData: async (input) => toPacketData(await dataOf(input).read()),
    setContext: async ({ deviceId, authentication, ...context }) =>
      toPacketData(await dataOf({ deviceId }).set({ ...context, ...(authentication === undefined ? {} : { authentication }) })),
    removeContext: async ({ deviceId, cid }) => toPacketData(await dataOf({ deviceId }).remove(cid)),
    activateContext: async ({ deviceId, cid, active }) => toPacketData(await dataOf({ deviceId }).activate(cid, active)),
    setAttached: async ({ deviceId, attached }) => toPacketData(await dataOf({ deviceId }).setAttached(attached)),
    suggestedContexts: async (input) => suggest(await modemOf(input).sim()),
  };
}

/** An IMSI names the network that issued the SIM (3GPP TS 23.003 §2.2). Networks give what they have of both versions of IP. */
async function suggest({ imsi }: { readonly imsi: string | null }): Promise<SuggestedContext[]> {
  if (imsi === null) return [];
  return (await carrierContexts(imsi)).map((context) => ({ ...context, type: 'ipv4v6' as const }));
}

function toPacketData({ attached, contexts }: NativePacketData): PacketData {
  return {
    attached,
    contexts: contexts.map((context) => ({ ...context, addresses: [...context.addresses], dnsServers: [...context.dnsServers] })),
  };
}
