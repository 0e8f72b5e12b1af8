import type { LineDecoder } from './explanation.ts';
import { callDecoders } from './standard/calls/call-decoders.ts';
import { clockDecoders } from './standard/clock/clock-decoders.ts';
import { functionalityDecoders } from './standard/functionality/functionality-decoders.ts';
import { identityDecoders } from './standard/identity/identity-decoders.ts';
import { messageSettingDecoders } from './standard/message-settings/message-setting-decoders.ts';
import { messageDecoders } from './standard/messages/message-decoders.ts';
import { operatorDecoders } from './standard/operators/operator-decoders.ts';
import { packetDataDecoders } from './standard/packet-data/packet-data-decoders.ts';
import { phonebookDecoders } from './standard/phonebook/phonebook-decoders.ts';
import { powerSavingDecoders } from './standard/power-saving/power-saving-decoders.ts';
import { registrationDecoders } from './standard/registration/registration-decoders.ts';
import { signalDecoders } from './standard/signal/signal-decoders.ts';
import { simDecoders } from './standard/sim/sim-decoders.ts';
import { cusd } from './standard/ussd/cusd.ts';
import { altairDecoders } from './vendors/altair/altair-decoders.ts';
import { cinterionDecoders } from './vendors/cinterion/cinterion-decoders.ts';
import { fibocomDecoders } from './vendors/fibocom/fibocom-decoders.ts';
import { huaweiDecoders } from './vendors/huawei/huawei-decoders.ts';
import { intelDecoders } from './vendors/intel/intel-decoders.ts';
import { nordicDecoders } from './vendors/nordic/nordic-decoders.ts';
import { quectelDecoders } from './vendors/quectel/quectel-decoders.ts';
import { sierraDecoders } from './vendors/sierra/sierra-decoders.ts';
import { simcomDecoders } from './vendors/simcom/simcom-decoders.ts';
import { telitDecoders } from './vendors/telit/telit-decoders.ts';
import { ubloxDecoders } from './vendors/u-blox/ublox-decoders.ts';
import { zteDecoders } from './vendors/zte/zte-decoders.ts';

/** All that is known, the standard's before the makers'. */
export const lineDecoders: readonly LineDecoder[] = [
  ...registrationDecoders,
  ...operatorDecoders,
  ...signalDecoders,
  ...simDecoders,
  ...identityDecoders,
  ...packetDataDecoders,
  ...functionalityDecoders,
  ...powerSavingDecoders,
  ...callDecoders,
  ...clockDecoders,
  ...cusd,
  ...messageDecoders,
  ...messageSettingDecoders,
  ...phonebookDecoders,
  ...altairDecoders,
  ...cinterionDecoders,
  ...fibocomDecoders,
  ...huaweiDecoders,
  ...intelDecoders,
  ...nordicDecoders,
  ...quectelDecoders,
  ...sierraDecoders,
  ...simcomDecoders,
  ...telitDecoders,
  ...ubloxDecoders,
  ...zteDecoders,
];

const byName = new Map<string, LineDecoder[]>();
for (const decoder of lineDecoders) {
  for (const name of decoder.names) byName.set(name, [...(byName.get(name) ?? []), decoder]);
}

/** The decoders of the lines with that name in front. */
export function decodersOf(name: string): readonly LineDecoder[] {
  return byName.get(name) ?? [];
}
