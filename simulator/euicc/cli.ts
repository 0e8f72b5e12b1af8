import { parseArgs } from 'node:util';
import { checkEid, chooseCertificates, chooseProfiles, parseAddress } from '../chip-options.ts';
import { applyFaults, cardOrders, parseFaults } from '../fault.ts';
import { chipSerials } from '../hardware.ts';
import { printReady, untilEnd } from '../process-life.ts';
import { readerProfiles } from '../sample.ts';
import { makeChipSlot } from './make-chip-slot.ts';
import { plugIntoVpcd } from './vpcd.ts';
import { UsageError } from '../usage-error.ts';

/** `simulator euicc`: a chip behind the virtual reader of a real pcscd, until it is told to end. @throws UsageError */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      vpcd: { type: 'string', default: '127.0.0.1:35963' },
      state: { type: 'string' },
      pki: { type: 'string' },
      profiles: { type: 'string' },
      protocol: { type: 'string', default: 'T=0' },
      fault: { type: 'string', default: '' },
      'until-eof': { type: 'boolean', default: false },
    },
  });
  const address = parseAddress(values.vpcd);
  const faults = parseFaults(values.fault);
  if (values.protocol !== 'T=0' && values.protocol !== 'T=1') throw new UsageError('--protocol is T=0 or T=1.');
  const certificates = chooseCertificates(values.pki, values.state);
  const slot = makeChipSlot({
    ...certificates,
    stateDir: values.state ?? null,
    profiles: chooseProfiles(readerProfiles, values.profiles),
    serial: chipSerials.reader,
    protocol: values.protocol,
  });
  checkEid(certificates, slot.controls.state().eid);
  applyFaults(faults, slot.controls);
  const plug = plugIntoVpcd(slot, address);
  const life = untilEnd({ orders: cardOrders(slot.controls), untilEof: values['until-eof'] });
  const { eid, profiles } = slot.controls.state();
  void plug.inserted.then(() => printReady({ program: 'euicc', vpcd: values.vpcd, eid, profiles: profiles.map(({ iccid }) => iccid) }));
  await life;
  plug.close();
}
