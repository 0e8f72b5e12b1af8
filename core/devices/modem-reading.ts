import type { EuiccOverview, ModemStatus } from '#contract/desk/devices.ts';
import type { Modem, ModemEvent, ModemIdentity, ModemStatus as NativeStatus } from '#native/modem/modem.ts';
import { instantNow } from '../clock.ts';
import { readSecureElements } from './euicc-overview.ts';
import type { DeviceLayer } from './managed-device.ts';

/** What the window shows of a modem: who it is and how it is, read now. */
export function toModemStatus(identity: ModemIdentity, native: NativeStatus): ModemStatus {
  return {
    manufacturer: identity.manufacturer,
    model: identity.model,
    revision: identity.revision,
    imei: identity.imei,
    sim: native.sim,
    iccid: native.iccid,
    imsi: native.imsi,
    registration: { ...native.registration },
    operator: native.operator === null ? null : { ...native.operator },
    signal: native.signal === null ? null : { ...native.signal },
    readAt: instantNow(),
  };
}

/** Maker and model, said once; null where the modem says neither. */
export function modemName({ manufacturer, model }: ModemIdentity): string | null {
  const maker = manufacturer ?? '';
  const type = model ?? '';
  const name = (type.startsWith(maker) ? type : `${maker} ${type}`).trim();
  return name === '' ? null : name;
}

/** Reads what is behind a modem. @throws DeviceError MODEM_NO_EUICC_ACCESS, NOT_AN_EUICC, PORT_CLOSED … */
export async function readThroughModem(modem: Modem, layer: DeviceLayer): Promise<readonly EuiccOverview[]> {
  const access = await modem.cardAccess();
  try {
    return await readSecureElements(access, layer);
  } finally {
    await access.close();
  }
}

/** A burst of events (SIM ready, registered, operator) is answered by one reading. */
const settleTime = 400;

/** Hands each event of the modem on, and asks for a reading when a burst is over. Resolves when the port closes or `signal` aborts. */
export async function followModem(
  modem: Modem,
  signal: AbortSignal,
  on: { readonly event: (event: ModemEvent) => void; readonly settled: () => void },
): Promise<void> {
  let settling: NodeJS.Timeout | null = null;
  try {
    for await (const event of modem.events(signal)) {
      if (event.kind === 'closed') break;
      on.event(event);
      if (event.kind === 'line') continue;
      settling ??= setTimeout(() => {
        settling = null;
        if (!signal.aborted) on.settled();
      }, settleTime);
    }
  } finally {
    if (settling !== null) clearTimeout(settling);
  }
}
