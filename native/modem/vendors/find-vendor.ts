import type { ModemIdentity } from '../modem.ts';
import { generic } from './generic.ts';
import { quectel } from './quectel.ts';
import type { ModemVendor } from './vendor.ts';

const vendors: readonly ModemVendor[] = [quectel];

/** The vendor whose habits fit the modem; the generic one where none is known. */
export function findVendor(identity: ModemIdentity): ModemVendor {
  return vendors.find((vendor) => vendor.matches(identity)) ?? generic;
}
