import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { choose } from '../commands/at-command.ts';
import { assertCard, identityOf } from '../commands/sim.ts';
import { keepSetting, readSetting } from '../commands/stored-settings.ts';
import type { ModemContext } from '../modem-state.ts';
import type { RadioTechnology } from '../radio-settings.ts';
import { technologiesOf } from '../radio-settings.ts';

/** A command that restarts the modem. */
export function restartCommand(name: string): AtCommand {
  return { name, execute: (modem) => (modem.reboot(), []), test: () => [] };
}

/** A command that only tells something. */
export function tellingCommand(name: string, form: 'execute' | 'read', tell: (modem: ModemContext) => readonly string[]): AtCommand {
  return { name, takes: { [form]: 20 }, [form]: tell, test: () => [] };
}

/** How often the codes of the card may still be given wrongly; those of the second PIN have not been touched. */
export function countersOf(modem: ModemContext) {
  assertCard(modem);
  const { pinLeft, pukLeft } = modem.pinOf(identityOf(modem));
  return { pin: pinLeft, puk: pukLeft, pin2: 3, puk2: 10 };
}

/** Technologies that a mode allows; `all`: whatever the radio has. */
export type ModeSet = readonly RadioTechnology[] | 'all';

export type TechnologyModes = ReadonlyMap<string, ModeSet>;

/** The mode that stands for what the radio may use now. @throws CmeError 50 where the maker has none for it */
export function modeOf(modem: ModemContext, modes: TechnologyModes): string {
  const wanted = modem.radio.allowed;
  const found = [...modes.keys()].find((mode) => {
    const set = technologiesIn(modem, modes, mode);
    return set.length === wanted.length && set.every((technology) => wanted.includes(technology));
  });
  if (found === undefined) throw new CmeError(50);
  return found;
}

/** Modes that are no other than one before it, for this radio. */
export function usableModes(modem: ModemContext, modes: TechnologyModes): readonly string[] {
  const seen = new Set<string>();
  return [...modes.keys()].filter((mode) => {
    const set = technologiesIn(modem, modes, mode).join();
    const isNew = set !== '' && !seen.has(set);
    seen.add(set);
    return isNew;
  });
}

/** @throws CmeError 50 */
export function useMode(modem: ModemContext, modes: TechnologyModes, mode: string | undefined): void {
  const allowed = technologiesIn(modem, modes, choose(mode, [...modes.keys()]));
  if (allowed.length === 0) throw new CmeError(50);
  modem.radio.allowed = allowed;
  modem.radioChanged();
}

function technologiesIn({ kind }: ModemContext, modes: TechnologyModes, mode: string): readonly RadioTechnology[] {
  const possible = technologiesOf(kind.vendor.bands);
  const set = modes.get(mode);
  return set === 'all' ? possible : possible.filter((technology) => set?.includes(technology));
}

/** A command whose only value is such a mode. */
export function technologyCommand(name: string, modes: TechnologyModes, format = (mode: string): string => mode): AtCommand {
  return {
    name,
    takes: { set: 100 },
    read: (modem) => [`${name}: ${format(modeOf(modem, modes))}`],
    test: (modem) => [`${name}: (${usableModes(modem, modes).join(',')})`],
    set(modem, [mode]) {
      useMode(modem, modes, mode);
      return [];
    },
  };
}

/** 3GPP TS 27.007 §5.9. */
export const wirelessModes: TechnologyModes = new Map<string, ModeSet>([
  ['12', ['gsm']],
  ['22', ['utran']],
  ['28', ['eutran']],
  ['29', ['gsm', 'utran']],
  ['30', ['gsm', 'eutran']],
  ['31', ['utran', 'eutran']],
  ['25', ['gsm', 'utran', 'eutran']],
]);

/** A command for the place of the card. The second place is never looked at. */
export function slotCommand(name: string, slots: readonly string[], format: (slot: string) => string): AtCommand {
  return {
    name,
    read: (modem) => [`${name}: ${format(readSetting(modem, name, slots[0] ?? ''))}`],
    test: () => [`${name}: (${slots.join(',')})`],
    set(modem, parameters) {
      keepSetting(modem, name, choose(parameters.at(-1), slots));
      return [];
    },
  };
}
