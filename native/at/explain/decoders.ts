import type { LineDecoder } from './explanation.ts';
import { broadcastDecoders } from './standard/broadcast.ts';
import { callDecoders } from './standard/calls.ts';
import { clockDecoders } from './standard/clock.ts';
import { functionalityDecoders } from './standard/functionality.ts';
import { identityDecoders } from './standard/identity.ts';
import { messageSettingDecoders } from './standard/message-settings.ts';
import { messageDecoders } from './standard/messages.ts';
import { operatorDecoders } from './standard/operators.ts';
import { packetDataDecoders } from './standard/packet-data.ts';
import { packetEventDecoders } from './standard/packet-events.ts';
import { phonebookDecoders } from './standard/phonebook.ts';
import { powerSavingDecoders } from './standard/power-saving.ts';
import { registrationDecoders } from './standard/registration.ts';
import { signalDecoders } from './standard/signal.ts';
import { simDecoders } from './standard/sim.ts';
import { ussdDecoders } from './standard/ussd.ts';
import { cinterionDecoders } from './vendors/cinterion.ts';
import { fibocomDecoders } from './vendors/fibocom.ts';
import { huaweiDecoders } from './vendors/huawei.ts';
import { huaweiModeDecoders } from './vendors/huawei-modes.ts';
import { intelDecoders } from './vendors/intel.ts';
import { nordicDecoders } from './vendors/nordic.ts';
import { otherDecoders } from './vendors/others.ts';
import { quectelDecoders } from './vendors/quectel.ts';
import { sierraDecoders } from './vendors/sierra.ts';
import { simcomDecoders } from './vendors/simcom.ts';
import { telitDecoders } from './vendors/telit.ts';
import { ubloxDecoders } from './vendors/u-blox.ts';

/** All that is known, the standard's before the makers'. */
export const lineDecoders: readonly LineDecoder[] = [
  ...registrationDecoders,
  ...operatorDecoders,
  ...signalDecoders,
  ...simDecoders,
  ...identityDecoders,
  ...packetDataDecoders,
  ...packetEventDecoders,
  ...functionalityDecoders,
  ...powerSavingDecoders,
  ...callDecoders,
  ...clockDecoders,
  ...ussdDecoders,
  ...messageDecoders,
  ...broadcastDecoders,
  ...messageSettingDecoders,
  ...phonebookDecoders,
  ...cinterionDecoders,
  ...fibocomDecoders,
  ...huaweiDecoders,
  ...huaweiModeDecoders,
  ...intelDecoders,
  ...nordicDecoders,
  ...otherDecoders,
  ...quectelDecoders,
  ...sierraDecoders,
  ...simcomDecoders,
  ...telitDecoders,
  ...ubloxDecoders,
];

const byName = new Map<string, LineDecoder[]>();
for (const decoder of lineDecoders) {
  for (const name of decoder.names) byName.set(name, [...(byName.get(name) ?? []), decoder]);
}

/** The decoders of the lines with that name in front. */
export function decodersOf(name: string): readonly LineDecoder[] {
  return byName.get(name) ?? [];
}
