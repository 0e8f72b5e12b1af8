import { onTestFinished, vi } from 'vitest';
import type { CardSlot } from '../euicc/card-slot.ts';
import { makeChipSlot } from '../euicc/make-chip-slot.ts';
import type { SampleProfile } from '../sample.ts';
import { modemProfiles } from '../sample.ts';
import { makeImei } from './imei.ts';
import { parseModemKind } from './modem-kind.ts';
import type { VirtualModem } from './virtual-modem.ts';
import { makeVirtualModem } from './virtual-modem.ts';

export type ModemStage = {
  readonly modem: VirtualModem;
  readonly slot: CardSlot;
  /** What the modem has said since it was asked last. */
  heard(): string;
  /** Says a line, and what comes within 50 ms. */
  ask(line: string): string;
  /** What comes within this time. */
  pass(milliseconds: number): string;
};

export type StageOptions = { readonly kind?: string; readonly profiles?: readonly SampleProfile[]; readonly stateDir?: string };

/** A modem that has just been switched on, on a clock that the test moves. */
export function startModem({ kind = 'quectel', profiles = modemProfiles, stateDir }: StageOptions = {}): ModemStage {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const slot = makeChipSlot({ stateDir: null, profiles, serial: 2 });
  const modem = makeVirtualModem({ slot, imei: makeImei(2), timeScale: 1, kind: parseModemKind(kind), stateDir: stateDir ?? null });
  let output = '';
  modem.onOutput((bytes) => {
    output += Buffer.from(bytes).toString('latin1');
  });
  const heard = (): string => {
    const all = output;
    output = '';
    return all;
  };
  const pass = (milliseconds: number): string => {
    vi.advanceTimersByTime(milliseconds);
    return heard();
  };
  const ask = (line: string): string => {
    modem.receive(Buffer.from(`${line}\r`));
    return pass(50);
  };
  modem.powerOn();
  return { modem, slot, heard, ask, pass };
}

/** Booted, on its network, echo off. */
export function startRegistered(options: StageOptions = {}): ModemStage {
  const stage = startModem(options);
  stage.pass(2000);
  stage.ask('ATE0');
  return stage;
}
