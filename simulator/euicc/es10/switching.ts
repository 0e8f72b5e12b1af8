import { decodeBitString } from '#native/euicc/tlv/bit-string.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import type { ChipProfile, ChipState } from '../chip-state.ts';
import { enabledProfile } from '../chip-state.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import { decodeStrict } from './addresses.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { notify } from './notifications.ts';
import { isNamed } from './profiles-info.ts';
import { encodeResult, undefinedError } from './result.ts';

/** Result codes of SGP.22 v2.5 §5.7.16 to §5.7.18; wrongState is "not disabled" of Enable and Delete, "not enabled" of Disable. */
const results = { ok: 0, notFound: 1, wrongState: 2, policy: 3, wrongReenabling: 4, catBusy: 5 } as const;

/** ES10c.EnableProfile (SGP.22 v2.5 §5.7.16). */
export const enableProfile: Es10Function = (request, chip) => {
  const state = chip.state();
  const { profile, refresh } = readSwitch(request, state);
  return encodeResult(0xbf31, enable());

  function enable(): number {
    if (profile === null) return results.notFound;
    if (profile.iccid === state.enabledIccid) return results.wrongState;
    const current = enabledProfile(state);
    // While a test profile is enabled, only the operational profile that it took over from may follow it.
    const isWayBack = profile.profileClass === 'test' || profile.iccid === state.enabledBeforeTest;
    if (current?.profileClass === 'test' && !isWayBack) return results.wrongReenabling;
    if (current?.policyRules.includes('ppr1') === true) return results.policy;
    return switchTo(profile, refresh, chip);
  }
};

/** ES10c.DisableProfile (SGP.22 v2.5 §5.7.17). */
export const disableProfile: Es10Function = (request, chip) => {
  const state = chip.state();
  const { profile, refresh } = readSwitch(request, state);
  return encodeResult(0xbf32, disable());

  function disable(): number {
    if (profile === null) return results.notFound;
    if (profile.iccid !== state.enabledIccid) return results.wrongState;
    if (profile.policyRules.includes('ppr1')) return results.policy;
    return switchTo(null, refresh, chip);
  }
};

/** With the refresh flag the switch waits for the terminal; without it, it is done before the answer (SGP.22 v2.5 §3.2.1, §3.2.2). */
function switchTo(target: ChipProfile | null, refresh: boolean, chip: Es10Context): number {
  if (chip.catBusy()) return results.catBusy;
  const state = chip.state();
  if (refresh) {
    chip.save({ ...state, pendingSwitch: { iccid: target?.iccid ?? null } });
    chip.requestRefresh();
  } else {
    chip.save(switchProfile(state, target));
  }
  return results.ok;
}

/** The state after the switch, with the notifications in the order in which things happened: disable, then enable. */
export function switchProfile(state: ChipState, target: ChipProfile | null): ChipState {
  const current = enabledProfile(state);
  const left = current === null ? state : notify(state, current, 'disable');
  const entered = target === null ? left : notify(left, target, 'enable');
  const cameFrom = current?.profileClass === 'test' ? state.enabledBeforeTest : (current?.iccid ?? null);
  return {
    ...entered,
    enabledIccid: target?.iccid ?? null,
    enabledBeforeTest: target?.profileClass === 'test' ? cameFrom : null,
    pendingSwitch: null,
  };
}

/** The state once the terminal has answered the REFRESH, or has reset the card. */
export function completeSwitch(state: ChipState): ChipState {
  const pending = state.pendingSwitch;
  if (pending === null) return state;
  return switchProfile(state, state.profiles.find((profile) => profile.iccid === pending.iccid) ?? null);
}

/** ES10c.DeleteProfile (SGP.22 v2.5 §5.7.18). */
export const deleteProfile: Es10Function = (request, chip) => {
  const state = chip.state();
  const profile = findNamed(request, state);
  return encodeResult(0xbf33, remove());

  function remove(): number {
    if (profile === null) return results.notFound;
    if (profile.iccid === state.enabledIccid || profile.iccid === state.pendingSwitch?.iccid) return results.wrongState;
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
  if (chip.catBusy()) return encodeResult(0xbf34, results.catBusy);

  let next = state;
  for (const profile of doomed) next = removeProfile(next, profile);
  if (forgetsAddress) next = { ...next, defaultSmdpAddress: state.factorySmdpAddress };
  const losesEnabled = doomed.some((profile) => profile.iccid === state.enabledIccid);
  chip.save(losesEnabled ? { ...next, enabledIccid: null } : next);
  if (losesEnabled) chip.requestRefresh();
  return encodeResult(0xbf34, 0);
};

/** ES10c.SetNickname (SGP.22 v2.5 §5.7.21); an empty one removes it. */
export const setNickname: Es10Function = (request, chip) => {
  const name = findChild(request, 0x90);
  if (name === undefined) throw new StatusWordError(statusWords.wrongData);
  const state = chip.state();
  const profile = findNamed(request, state);
  if (profile === null) return encodeResult(0xbf29, results.notFound);
  const text = name.value.length > 64 ? null : decodeStrict(name.value);
  if (text === null) return encodeResult(0xbf29, undefinedError);
  const renamed = { ...profile, nickname: text === '' ? null : text };
  chip.save({ ...state, profiles: state.profiles.map((other) => (other === profile ? renamed : other)) });
  return encodeResult(0xbf29, results.ok);
};

/** `A0 { 4F | 5A }, 81 refreshFlag`. */
function readSwitch(request: Tlv, state: ChipState): { readonly profile: ChipProfile | null; readonly refresh: boolean } {
  const identifier = findChild(request, 0xa0);
  const flag = findChild(request, 0x81);
  if (identifier === undefined || flag?.value.length !== 1) throw new StatusWordError(statusWords.wrongData);
  return { profile: findNamed(identifier, state), refresh: flag.value[0] !== 0 };
}

function findNamed(parent: Tlv, state: ChipState): ChipProfile | null {
  const name = childrenOf(parent).find((child) => child.tag === 0x5a || child.tag === 0x4f);
  if (name === undefined) throw new StatusWordError(statusWords.wrongData);
  return state.profiles.find((profile) => isNamed(profile, name)) ?? null;
}
