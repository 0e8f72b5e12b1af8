import { parseArgs } from 'node:util';
import { checkEids, chooseCertificates, chooseKind, chooseProfiles, parseAddress, parseProtocol } from '../chip-options.ts';
import { applyFaults, cardOrders, knownFaults, parseFaults } from '../fault.ts';
import { chipSerials } from '../hardware.ts';
import { printReady, untilEnd } from '../process-life.ts';
import { readerProfiles } from '../sample.ts';
import { listChipKinds } from './chip-kind.ts';
import { makeChipSlot } from './make-chip-slot.ts';
import { plugIntoVpcd } from './vpcd.ts';

const usage = `Usage: simulator euicc [--vpcd HOST:PORT] [--state DIR] [--pki DIR] [--profiles N] [--kind KIND] [--isdr-aid AID]
                       [--protocol T=0|T=1] [--fault FAULTS] [--until-eof]
KIND, joined by plus signs:
${listChipKinds()}
FAULTS, separated by commas: ${knownFaults}
`;

/** `simulator euicc`: a chip behind the virtual reader of a real pcscd, until it is told to end. @throws UsageError */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      vpcd: { type: 'string', default: '127.0.0.1:35963' },
      state: { type: 'string' },
      pki: { type: 'string' },
      profiles: { type: 'string' },
      kind: { type: 'string' },
      'isdr-aid': { type: 'string' },
      protocol: { type: 'string' },
      help: { type: 'boolean', default: false },
      fault: { type: 'string', default: '' },
      'until-eof': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const address = parseAddress(values.vpcd);
  const faults = parseFaults(values.fault);
  const protocol = parseProtocol(values.protocol);
  const kind = chooseKind(values.kind, values['isdr-aid']);
  const certificates = chooseCertificates(values.pki, values.state);
  const slot = makeChipSlot({
    ...certificates,
    stateDir: values.state ?? null,
    profiles: chooseProfiles(readerProfiles, values.profiles),
    serial: chipSerials.reader,
    ...(kind === undefined ? {} : { kind }),
    ...(protocol === undefined ? {} : { protocol }),
  });
  checkEids(certificates, slot.controls.states());
  applyFaults(faults, slot.controls);
  const plug = plugIntoVpcd(slot, address);
  const life = untilEnd({ orders: cardOrders(slot.controls), untilEof: values['until-eof'] });
  const { eid, profiles } = slot.controls.state();
  const eids = slot.controls.states().map((element) => element.eid);
  const ready = { program: 'euicc', vpcd: values.vpcd, eid, eids, profiles: profiles.map(({ iccid }) => iccid) };
  void plug.inserted.then(() => printReady(ready));
  await life;
  plug.close();
}
