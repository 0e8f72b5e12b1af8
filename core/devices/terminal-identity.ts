import type { TerminalIdentity } from '#native/euicc/euicc.ts';
import type { ManagedDevice } from './managed-device.ts';

/** Type allocation code of a terminal without an IMEI: a desk has none of its own. The one that other LPAs give as well. */
const deskTac = '35290611';

/** Who the server is told the terminal is (SGP.22 v2.5 §4.2): the IMEI that was given, the modem's own, else a TAC alone. */
export function terminalOf(device: ManagedDevice, imei: string | null): TerminalIdentity {
  const own = imei ?? device.view().modem?.imei ?? '';
  return /^\d{15}$/.test(own) ? { imei: own } : { tac: deskTac };
}
