import type { Line, Order } from '#contract/account/index.ts';
import type { Proof, Renewal } from '#contract/desk/account.ts';
import type { Device } from '#contract/desk/devices.ts';

type Chain = Renewal['chain'];
type Evidence = Proof['evidence'];

/** What is known of a line: the order, the line as the account has it, and the devices that are there. */
export type ChainFacts = {
  readonly order: Order;
  readonly phase: Renewal['phase'];
  readonly iccid: string | null; // null: the line is not known (yet)
  readonly line: Line | null;
  readonly devices: readonly Device[];
};

/**
 * The chain of a renewal: account, carrier, chip, network. Nothing is inferred from another node; each says what was seen, and when.
 */
export function buildChain(facts: ChainFacts): { readonly chain: Chain; readonly device: Renewal['device'] } {
  const holder = facts.iccid === null ? null : findHolder(facts.devices, facts.iccid);
  const looking = facts.iccid === null || facts.devices.some(({ state }) => state === 'reading' || state === 'reconnecting');
  return {
    chain: {
      account: accountProof(facts),
      carrier: carrierProof(facts.order),
      chip: chipProof(holder, looking),
      network: networkProof(holder, looking),
    },
    device: holder === null || facts.iccid === null ? null : { deviceId: holder.device.deviceId, iccid: facts.iccid },
  };
}

function accountProof({ order, phase, line }: ChainFacts): Proof {
  const evidence: Evidence = { order: order.number, state: order.state, validUntil: order.after?.validUntil ?? line?.validUntil ?? null };
  switch (order.state) {
    case 'open':
      return order.lastFailure === null || phase !== 'failed'
        ? proof('waiting', null, evidence)
        : proof('failed', order.lastFailure.at, { ...evidence, reason: order.lastFailure.reason });
    case 'paid':
    case 'fulfilled':
    case 'verified':
      return proof('proven', order.paidAt, evidence);
    case 'refunded':
      return proof('failed', order.paidAt, evidence);
    case 'cancelled':
    case 'expired':
      return proof('notApplicable', null, evidence);
    default:
      return order.state satisfies never;
  }
}

function carrierProof(order: Order): Proof {
  const evidence: Evidence = {
    validUntilBefore: order.before.validUntil,
    dataLeftBefore: order.before.dataLeft,
    voiceLeftBefore: order.before.voiceLeft,
    ...(order.after === null
      ? {}
      : { validUntilAfter: order.after.validUntil, dataLeftAfter: order.after.dataLeft, voiceLeftAfter: order.after.voiceLeft }),
  };
  switch (order.state) {
    case 'open':
    case 'paid':
      return proof('waiting', null, {});
    case 'fulfilled':
      return proof('waiting', order.fulfilledAt, evidence);
    case 'verified':
      return proof('proven', order.verifiedAt, evidence);
    case 'refunded':
      return proof('failed', null, evidence);
    case 'cancelled':
    case 'expired':
      return proof('notApplicable', null, {});
    default:
      return order.state satisfies never;
  }
}

/** A device in which the line is: as a profile of an eUICC, or as the SIM that a modem shows. */
type Holder = {
  readonly device: Device;
  readonly profile: { readonly state: 'enabled' | 'disabled'; readonly name: string | null; readonly readAt: string } | null;
  readonly inUse: boolean;
};

function findHolder(devices: readonly Device[], iccid: string): Holder | null {
  const holders = devices.flatMap((device): Holder[] => {
    if (device.state === 'ghost') return [];
    const inUse = device.modem?.iccid === iccid;
    const found = (device.euicc === null ? [] : [device.euicc, ...device.otherEuiccs]).flatMap(({ profiles, readAt }) =>
      profiles
        .filter((candidate) => candidate.iccid === iccid)
        .map(({ state, nickname, profileName }) => ({ device, profile: { state, name: nickname ?? profileName, readAt }, inUse })),
    );
    return found.length === 0 && inUse ? [{ device, profile: null, inUse }] : found;
  });
  // The one that is on the air says most, then the one where it is enabled.
  return holders.find(({ inUse }) => inUse) ?? holders.find(({ profile }) => profile?.state === 'enabled') ?? holders[0] ?? null;
}

function chipProof(holder: Holder | null, looking: boolean): Proof {
  if (holder === null) return proof('unknown', null, looking ? { reason: 'reading' } : {});
  const { device, profile } = holder;
  const at = profile?.readAt ?? device.modem?.readAt ?? null;
  const evidence: Evidence = { device: device.deviceId, profile: profile?.name ?? null, state: profile?.state ?? 'enabled' };
  if (holder.inUse || profile?.state === 'enabled') return proof('proven', at, evidence);
  // Nothing is wrong with the renewal; the person has to choose the profile to use it.
  return { ...proof('waiting', at, evidence), problem: { code: 'PROFILE_NOT_ENABLED', details: {} } };
}

function networkProof(holder: Holder | null, looking: boolean): Proof {
  if (holder === null) return proof('unknown', null, looking ? { reason: 'reading' } : {});
  const { modem } = holder.device;
  if (holder.device.kind === 'reader' || modem === null) return proof('notApplicable', null, { device: holder.device.deviceId });
  const evidence: Evidence = {
    device: holder.device.deviceId,
    registration: modem.registration.state,
    operator: modem.operator?.name ?? modem.operator?.mccMnc ?? null,
    technology: modem.registration.technology,
    bars: modem.signal?.bars ?? null,
  };
  if (!holder.inUse) return proof('waiting', null, { device: holder.device.deviceId });
  switch (modem.registration.state) {
    case 'home':
    case 'roaming':
      return proof('proven', modem.readAt, evidence);
    case 'denied':
    case 'emergencyOnly':
      return {
        ...proof('failed', modem.readAt, evidence),
        problem: { code: 'NOT_REGISTERED', details: { state: modem.registration.state } },
      };
    case 'notRegistered':
    case 'searching':
    case 'unknown':
      return proof('waiting', null, evidence);
    default:
      return modem.registration.state satisfies never;
  }
}

function proof(state: Proof['state'], at: string | null, evidence: Evidence): Proof {
  return { state, at, evidence, problem: null };
}
