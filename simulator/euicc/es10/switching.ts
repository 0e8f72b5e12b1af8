import { decodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { decodeInteger } from '#native/euicc/tlv/integer.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { assertNever } from '../../bench/assert-never.ts';
import type { ChipProfile, ChipState } from '../chip-state.ts';
import { enabledProfile } from '../chip-state.ts';
import { type Slot, putInSlot, slotOf, slotOfPort } from '../esim-ports.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import { decodeStrict } from './addresses.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { notify } from './notifications.ts';
import { isNamed } from './profiles-info.ts';
import { encodeResult, undefinedError } from './result.ts';

/** Result codes of SGP.22 v2.5 §5.7.16 to §5.7.18; wrongState is "not disabled" of Enable and Delete, "not enabled" of Disable. */
const results = { ok: 0, notFound: 1, wrongState: 2, policy: 3, wrongReenabling: 4, catBusy: 5, noPort: 10 } as const;

/** ES10c.EnableProfile (SGP.22 v2.5 §5.7.16; the ports: v3). */
export const enableProfile: Es10Function = (request, chip) => {
  const state = chip.state();
  const { named, profile, refresh } = readSwitch(request, state);
  const slot = targetSlot(request, chip);
  return encodeResult(0xbf31, refusedForm(named, refresh, chip) ?? enable());

  function enable(): number {
    if (profile === null) return results.notFound;
    if (slotOf(state, profile) !== null) return results.wrongState;
    if (slot === null) return chip.kind.mep === 'A2' ? results.noPort : undefinedError;
    const current = enabledProfile(state, slot);
    // While a test profile is enabled, only the operational profile that it took over from may follow it.
    const isWayBack = profile.profileClass === 'test' || profile.iccid === state.enabledBeforeTest;
    if (current?.profileClass === 'test' && !isWayBack) return results.wrongReenabling;
    if (current?.policyRules.includes('ppr1') === true) return results.policy;
    return switchTo({ slot, profile }, refresh, chip);
  }
};

/**
 * Where an enabled profile goes (SGP.22 v3 §2.12): with MEP-A1 the terminal says it, with MEP-A2 the card takes what is free, with
 * MEP-B it is the port of the command. @throws StatusWordError 6A80 where MEP-A1 is not told
 */
function targetSlot(request: Tlv, chip: Es10Context): Slot | null {
  const { mep } = chip.kind;
  switch (mep) {
    case null:
      return 0;
    case 'A1': {
      const wanted = findChild(request, 0x82);
      if (wanted === undefined) throw new StatusWordError(statusWords.wrongData);
      return slotOfPort(mep, decodeInteger(wanted.value));
    }
    case 'A2':
      return ([0, 1] as const).find((slot) => enabledProfile(chip.state(), slot) === null) ?? null;
    case 'B':
      return slotOfPort(mep, chip.port);
    default:
      return assertNever(mep);
  }
}

/** What an awkward card says to a form of request that it does not take; null where it takes it. @throws StatusWordError 6A80 */
function refusedForm(named: Tlv, refresh: boolean | null, { kind }: Es10Context): number | null {
  const isForeignName = kind.identifier !== 'both' && (named.tag === 0x5a) !== (kind.identifier === 'iccid');
  const isForeignFlag = refresh !== null && kind.refresh !== 'both' && refresh !== (kind.refresh === 'with');
  if (!isForeignName && !isForeignFlag) return null;
  switch (kind.refusal) {
    case 'undefinedError':
      return undefinedError;
    case 'notFound':
      return results.notFound;
    case 'done':
      return results.ok;
    case 'wrongData':
      throw new StatusWordError(statusWords.wrongData);
    default:
      return assertNever(kind.refusal);
  }
}

/** ES10c.DisableProfile (SGP.22 v2.5 §5.7.17). */
export const disableProfile: Es10Function = (request, chip) => {
  const state = chip.state();
  const { named, profile, refresh } = readSwitch(request, state);
  return encodeResult(0xbf32, refusedForm(named, refresh, chip) ?? disable());

  function disable(): number {
    if (profile === null) return results.notFound;
    const slot = slotOf(state, profile);
    if (slot === null) return results.wrongState;
    if (profile.policyRules.includes('ppr1')) return results.policy;
    return switchTo({ slot, profile: null }, refresh, chip);
  }
};

type Target = { readonly slot: Slot; readonly profile: ChipProfile | null };

/** With the refresh flag the switch waits for the terminal; without it, it is done before the answer (SGP.22 v2.5 §3.2.1, §3.2.2). */
function switchTo(target: Target, refresh: boolean, chip: Es10Context): number {
  if (isBusy(chip)) return results.catBusy;
  const state = { ...chip.state(), catBusyLeft: chip.kind.catBusyTimes };
  if (refresh) {
    chip.save({ ...state, pendingSwitch: { iccid: target.profile?.iccid ?? null, slot: target.slot } });
    chip.requestRefresh();
  } else {
    chip.save(switchProfile(state, target));
  }
  return results.ok;
}

function isBusy(chip: Es10Context): boolean {
  if (chip.catBusy()) return true;
  const state = chip.state();
  if (state.catBusyLeft === 0) return false;
  chip.save({ ...state, catBusyLeft: state.catBusyLeft - 1 });
  return true;
}

/** The state after the switch, with the notifications in the order in which things happened: disable, then enable. */
function switchProfile(state: ChipState, { slot, profile }: Target): ChipState {
  const current = enabledProfile(state, slot);
  const left = current === null ? state : notify(state, current, 'disable');
  const entered = profile === null ? left : notify(left, profile, 'enable');
  const cameFrom = current?.profileClass === 'test' ? state.enabledBeforeTest : (current?.iccid ?? null);
  return {
    ...putInSlot(entered, slot, profile?.iccid ?? null),
    enabledBeforeTest: profile?.profileClass === 'test' ? cameFrom : null,
    pendingSwitch: null,
  };
}

/** The state once the terminal has answered the REFRESH, or has reset the card. */
export function completeSwitch(state: ChipState): ChipState {
  const pending = state.pendingSwitch;
  if (pending === null) return state;
  const profile = state.profiles.find(({ iccid }) => iccid === pending.iccid) ?? null;
  return switchProfile(state, { slot: pending.slot, profile });
}

/** ES10c.DeleteProfile (SGP.22 v2.5 §5.7.18). */
export const deleteProfile: Es10Function = (request, chip) => {
  const state = chip.state();
  const { named, profile } = findNamed(request, state);
  return encodeResult(0xbf33, refusedForm(named, null, chip) ?? remove());

  function remove(): number {
    if (profile === null) return results.notFound;
    if (slotOf(state, profile) !== null || profile.iccid === state.pendingSwitch?.iccid) return results.wrongState;
    if (profile.policyRules.includes('ppr2')) return results.policy;
    chip.save(removeProfile(state, profile));
    return results.ok;
  }
};

function removeProfile(state: ChipState, profile: ChipProfile): ChipState {
  const kept = state.profiles.filter((other) => other !== profile);
  const cameFrom = state.enabledBeforeTest === profile.iccid ? null : state.enabledBeforeTest;
  return { ...notify(state, profile, 'delete'), profiles: kept, enabledBeforeTest: cameFrom };
}

/** ES10c.eUICCMemoryReset (SGP.22 v2.5 §5.7.19). Policy rules do not hold against it. */
export const memoryReset: Es10Function = (request, chip) => {
  const options = findChild(request, 0x82);
  if (options === undefined) throw new StatusWordError(statusWords.wrongData);
  const bits = decodeBitString(options.value);
  const state = chip.state();
  const doomed = state.profiles.filter(
    (profile) => (bits.includes(0) && profile.profileClass === 'operational') || (bits.includes(1) && profile.profileClass === 'test'),
  );
  const forgetsAddress = bits.includes(2) && state.defaultSmdpAddress !== state.factorySmdpAddress;
  const nothingToDelete = 1;
  if (doomed.length === 0 && !forgetsAddress) return encodeResult(0xbf34, nothingToDelete);
  if (isBusy(chip)) return encodeResult(0xbf34, results.catBusy);

  let next = chip.state();
  for (const profile of doomed) next = removeProfile(next, profile);
  if (forgetsAddress) next = { ...next, defaultSmdpAddress: state.factorySmdpAddress };
  const slots = doomed.flatMap((profile) => slotOf(state, profile) ?? []);
  chip.save(slots.reduce((cleared, slot) => putInSlot(cleared, slot, null), next));
  if (slots.length > 0) chip.requestRefresh();
  return encodeResult(0xbf34, 0);
};

/** ES10c.SetNickname (SGP.22 v2.5 §5.7.21); an empty one removes it. */
export const setNickname: Es10Function = (request, chip) => {
  const name = findChild(request, 0x90);
  if (name === undefined) throw new StatusWordError(statusWords.wrongData);
  const state = chip.state();
  const { profile } = findNamed(request, state);
  if (profile === null) return encodeResult(0xbf29, results.notFound);
  const text = name.value.length > 64 ? null : decodeStrict(name.value);
  if (text === null) return encodeResult(0xbf29, undefinedError);
  const renamed = { ...profile, nickname: text === '' ? null : text };
  chip.save({ ...state, profiles: state.profiles.map((other) => (other === profile ? renamed : other)) });
  return encodeResult(0xbf29, results.ok);
};

/** How a request names a profile, and which one that is. */
type Named = { readonly named: Tlv; readonly profile: ChipProfile | null };

/** `A0 { 4F | 5A }, 81 refreshFlag`. */
function readSwitch(request: Tlv, state: ChipState): Named & { readonly refresh: boolean } {
  const identifier = findChild(request, 0xa0);
  const flag = findChild(request, 0x81);
  if (identifier === undefined || flag?.value.length !== 1) throw new StatusWordError(statusWords.wrongData);
  return { ...findNamed(identifier, state), refresh: flag.value[0] !== 0 };
}

function findNamed(parent: Tlv, state: ChipState): Named {
  const named = childrenOf(parent).find((child) => child.tag === 0x5a || child.tag === 0x4f);
  if (named === undefined) throw new StatusWordError(statusWords.wrongData);
  return { named, profile: state.profiles.find((profile) => isNamed(profile, named)) ?? null };
}
