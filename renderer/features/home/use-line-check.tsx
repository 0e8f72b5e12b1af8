import { assertNever } from '#renderer/app/assert-never.ts';
import { useAccount, useDevices, useLine } from '#renderer/app/desk.tsx';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import type { ChainStep } from '#renderer/ui/chain.tsx';
import type { DotTone } from '#renderer/ui/surfaces.tsx';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { checkLine, type AccountCheck, type ChipCheck, type LineCheck, type NetworkCheck } from './line-check.ts';
import type { Line } from '#contract/account/index.ts';
import type { Device } from '#contract/desk/devices.ts';

/** A node of the chain in two lengths: a step of the card, and a dot of the status bar. */
export type LineCheckStep = ChainStep & { readonly dot: DotTone; readonly short: string; readonly detail: string | null };

/** The line that the person looks at, checked in three places; from what is already known, without asking anyone. */
export function useLineCheckSteps(): readonly LineCheckStep[] {
  const words = useWords();
  const line = useLine();
  const account = useAccount().value;
  const devices = useDevices().value?.devices ?? [];
  if (line === null || account === null) return withoutLine(words, devices);
  const check: LineCheck = checkLine(line, account, devices);
  return [accountStep(words, line, check.account, account.problem !== null), chipStep(words, check.chip), networkStep(words, check)];
}

function withoutLine({ t }: Words, devices: readonly Device[]): readonly LineCheckStep[] {
  const step = (key: 'account' | 'chip' | 'network', short: string): LineCheckStep => ({
    key,
    state: 'wait',
    dot: 'wait',
    title: t(`chain.${key}`),
    short,
    detail: null,
  });
  return [
    step('account', t('check.short.noLine')),
    step('chip', t(devices.some(({ euicc }) => euicc !== null) ? 'check.short.chipOther' : 'check.short.noDevice')),
    step('network', t(devices.some(({ modem }) => modem !== null) ? 'check.short.otherProfile' : 'check.short.noModem')),
  ];
}

function accountStep({ t, format }: Words, line: Line, check: AccountCheck, stale: boolean): LineCheckStep {
  const at = check.at === null ? null : format.time(check.at);
  const base = { key: 'account', title: t('chain.account'), ...(at === null ? {} : { meta: at }) };
  const until = line.validUntil === null ? null : line.validUntil;
  switch (check.state) {
    case 'active':
      return {
        ...base,
        state: stale ? 'warn' : 'ok',
        dot: stale ? 'warn' : 'ok',
        text: until === null ? t('check.accountActive') : t('check.paidUntil', { date: format.date(until) }),
        short: stale ? t('check.short.accountStale') : t('check.short.account'),
        detail: at,
      };
    case 'ended':
      return {
        ...base,
        state: 'bad',
        dot: 'bad',
        text: until === null ? t('check.ended') : t('check.endedOn', { date: format.date(until) }),
        short: t('check.short.ended'),
        detail: until === null ? at : format.day(until),
      };
    case 'suspended':
      return { ...base, state: 'bad', dot: 'bad', text: t('check.suspended'), short: t('check.short.suspended'), detail: at };
    case 'unknown':
      return { ...base, state: 'warn', dot: 'warn', text: t('check.accountUnknown'), short: t('check.short.accountUnknown'), detail: at };
    default:
      return assertNever(check.state);
  }
}

function chipStep({ t, format }: Words, check: ChipCheck): LineCheckStep {
  const base = { key: 'chip', title: t('chain.chip') };
  switch (check.state) {
    case 'enabled':
      return {
        ...base,
        state: 'ok',
        dot: 'ok',
        meta: format.time(check.at),
        text: t('check.profileEnabled', { name: check.name }),
        short: t('check.short.chip', { name: check.name }),
        detail: null,
      };
    case 'disabled':
      return {
        ...base,
        state: 'act',
        dot: 'warn',
        meta: format.time(check.at),
        text: t('check.profileDisabled', { name: check.name }),
        short: t('check.short.chipDisabled', { name: check.name }),
        detail: null,
      };
    case 'notFound':
      return { ...base, state: 'wait', dot: 'wait', text: t('check.notOnChip'), short: t('check.short.chipOther'), detail: null };
    case 'noDevice':
      return { ...base, state: 'wait', dot: 'wait', text: t('check.noDevice'), short: t('check.short.noDevice'), detail: null };
    default:
      return assertNever(check);
  }
}

function networkStep({ t, format }: Words, { account, network }: LineCheck): LineCheckStep {
  const base = { key: 'network', title: t('chain.network') };
  if (network.state === 'noModem')
    return { ...base, state: 'wait', dot: 'wait', text: t('check.noModem'), short: t('check.short.noModem'), detail: null };
  const meta = format.time(network.modem.readAt);
  const operator = operatorText(network, t);
  const rsrp = network.modem.signal?.rsrp ?? null;
  switch (network.state) {
    case 'registered':
      return {
        ...base,
        state: 'ok',
        dot: 'ok',
        meta,
        text: network.modem.registration.state === 'roaming' ? t('check.roaming', { operator }) : operator,
        short: operator,
        detail: rsrp === null ? null : `${format.signed(rsrp)} dBm`,
      };
    case 'searching':
      return { ...base, state: 'run', dot: 'run', meta, text: t('check.searching'), short: t('check.short.searching'), detail: null };
    case 'denied':
      return {
        ...base,
        state: account.state === 'ended' ? 'warn' : 'bad',
        dot: account.state === 'ended' ? 'warn' : 'bad',
        meta,
        text: account.state === 'ended' ? t('check.refusedExpected') : t('check.refused'),
        short: t('check.short.refused'),
        detail: null,
      };
    case 'otherProfile':
      return {
        ...base,
        state: 'wait',
        dot: 'wait',
        meta,
        text: t('check.otherProfile'),
        short: t('check.short.otherProfile'),
        detail: null,
      };
    default:
      return assertNever(network);
  }
}

function operatorText({ modem }: Exclude<NetworkCheck, { state: 'noModem' }>, t: Words['t']): string {
  const { technology } = modem.registration;
  const name = modem.operator?.name ?? modem.operator?.mccMnc ?? t('devices.operatorUnknown');
  return technology === null
    ? name
    : t('devices.operatorTechnology', { operator: name, technology: t(`devices.technology.${technologyKey(technology)}`) });
}
