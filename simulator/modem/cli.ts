import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkEids, chooseCertificates, chooseKind, chooseProfiles } from '../chip-options.ts';
import { makeChipSlot } from '../euicc/make-chip-slot.ts';
import { applyFaults, cardOrders, knownFaults, parseFaults } from '../fault.ts';
import { chipSerials } from '../hardware.ts';
import { printReady, untilEnd } from '../process-life.ts';
import { modemProfiles } from '../sample.ts';
import { readAirScript, runAirScript } from './air-script.ts';
import { makeImei } from './imei.ts';
import { listModemKinds, parseModemKind } from './modem-kind.ts';
import { makeModemPlug } from './modem-plug.ts';
import { plugIntoPty } from './pty.ts';
import { readRecording } from './replay/read-recording.ts';
import { makeReplayedModem } from './replay/replayed-modem.ts';
import { makeVirtualModem } from './virtual-modem.ts';
import { UsageError } from '../usage-error.ts';

const usage = `Usage: simulator modem [--pty PATH] [--vendor VENDOR] [--script FILE] [--state DIR] [--pki DIR]
         [--profiles N] [--kind KIND] [--isdr-aid AID] [--fault FAULTS] [--time-scale N]
       simulator modem --replay TRACE [--pty PATH] [--time-scale N]

VENDOR, and traits joined by plus signs:
${listModemKinds()}

FAULTS, separated by commas: ${knownFaults}
KIND, of the card: see simulator euicc --help
`;

/** `simulator modem`: a modem on a pseudo-terminal, until it is told to end. @throws UsageError, or without socat */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      pty: { type: 'string', default: join(tmpdir(), `leb-modem-${process.pid}`) },
      vendor: { type: 'string', default: 'quectel' },
      state: { type: 'string' },
      pki: { type: 'string' },
      profiles: { type: 'string' },
      kind: { type: 'string' },
      'isdr-aid': { type: 'string' },
      script: { type: 'string' },
      replay: { type: 'string' },
      help: { type: 'boolean', default: false },
      fault: { type: 'string', default: '' },
      'time-scale': { type: 'string', default: '1' },
      'until-eof': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const faults = parseFaults(values.fault);
  const timeScale = Number(values['time-scale']);
  if (!(timeScale >= 0 && timeScale <= 100)) throw new UsageError('--time-scale is a number from 0 to 100.');
  const path = resolve(values.pty);
  if (values.replay !== undefined) return replay(values.replay, path, timeScale, values['until-eof']);
  const modemKind = parseModemKind(values.vendor);
  const script = values.script === undefined ? null : readAirScript(values.script);
  const kind = chooseKind(values.kind, values['isdr-aid']);
  const certificates = chooseCertificates(values.pki, values.state);
  const slot = makeChipSlot({
    ...certificates,
    stateDir: values.state ?? null,
    profiles: chooseProfiles(modemProfiles, values.profiles),
    serial: chipSerials.modem,
    ...(kind === undefined ? {} : { kind }),
  });
  checkEids(certificates, slot.controls.states());
  applyFaults(faults, slot.controls);
  const modem = makeVirtualModem({ slot, imei: makeImei(chipSerials.modem), timeScale, kind: modemKind, stateDir: values.state ?? null });
  const plug = makeModemPlug(modem, timeScale);
  const pty = plugIntoPty(path, modem, plug, modemKind.traits.renames);
  await pty.ready;
  const endScript = script === null ? null : runAirScript(script, modem, timeScale);
  const orders = { ...cardOrders(slot.controls), plug: () => plug.plug(), unplug: () => plug.unplug() };
  const life = untilEnd({ orders, untilEof: values['until-eof'] });
  const { eid, profiles } = slot.controls.state();
  printReady({ program: 'modem', pty: path, imei: modem.imei, eid, profiles: profiles.map(({ iccid }) => iccid) });
  await life;
  endScript?.();
  await pty.close();
}

/** A recording has no card and no network: it is plugged and unplugged, and that is all. */
async function replay(file: string, path: string, timeScale: number, untilEof: boolean): Promise<void> {
  const recording = readRecording(file);
  const modem = makeReplayedModem(recording, timeScale);
  const plug = makeModemPlug(modem, timeScale);
  const pty = plugIntoPty(path, modem, plug);
  await pty.ready;
  const life = untilEnd({ orders: { plug: () => plug.plug(), unplug: () => plug.unplug() }, untilEof });
  printReady({ program: 'modem', pty: path, commands: recording.exchanges.length });
  await life;
  await pty.close();
}
