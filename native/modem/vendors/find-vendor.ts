import type { ModemIdentity } from '../modem.ts';
import { fibocomIntel } from './fibocom-intel.ts';
import { fibocom } from './fibocom.ts';
import { generic } from './generic.ts';
import { huawei } from './huawei.ts';
import { meig } from './meig.ts';
import { nordic } from './nordic.ts';
import { quectelEg916q } from './quectel-eg916q.ts';
import { quectel } from './quectel.ts';
import { sierra } from './sierra.ts';
import { simcom } from './simcom.ts';
import { telit } from './telit.ts';
import { uBlox } from './u-blox.ts';
import type { ModemVendor } from './vendor.ts';
import { zte } from './zte.ts';

/** The more special one before the one that it is taken from. */
const vendors: readonly ModemVendor[] = [
  quectelEg916q,
  quectel,
  simcom,
  fibocomIntel,
  fibocom,
  sierra,
  telit,
  uBlox,
  huawei,
  zte,
  nordic,
  meig,
];

/** The vendor whose habits fit the modem; the generic one where none is known. */
export function findVendor(identity: ModemIdentity): ModemVendor {
  return vendors.find((vendor) => vendor.matches(identity)) ?? generic;
}
