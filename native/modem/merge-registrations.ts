import { registrationDomains, type DomainRegistration } from '../at/commands/registration.ts';
import type { AccessTechnology, Registration, RegistrationState } from './modem.ts';
import type { ModemVendor } from './vendors/vendor.ts';

/** From the one that says most to the one that says least. */
const order: readonly RegistrationState[] = ['home', 'roaming', 'denied', 'searching', 'emergencyOnly', 'notRegistered', 'unknown'];

/**
 * One registration out of those for circuit-switched, LTE and 5G service: registered in any of them is registered, the newest system names the cell;
 * a refusal counts where nothing accepts.
 */
export function mergeRegistrations(all: readonly DomainRegistration[], vendor: ModemVendor): Registration {
  let best: DomainRegistration | null = null;
  for (const domain of registrationDomains) {
    const candidate = all.find((registration) => registration.domain === domain);
    if (candidate === undefined) continue;
    if (best === null || order.indexOf(candidate.state) < order.indexOf(best.state)) best = candidate;
  }
  if (best === null) return { state: 'unknown', technology: null, areaCode: null, cellId: null };
  return { state: best.state, technology: technologyOf(best, vendor), areaCode: best.areaCode, cellId: best.cellId };
}

function technologyOf(registration: DomainRegistration, vendor: ModemVendor): AccessTechnology | null {
  if (registration.state !== 'home' && registration.state !== 'roaming') return null;
  const number = registration.technologyNumber;
  if (number !== null) return vendor.accessTechnologies[number] ?? registration.technology;
  switch (registration.domain) {
    case '+C5GREG':
      return 'nr';
    case '+CEREG':
      return 'eutran';
    case '+CGREG':
    case '+CREG':
      break;
  }
  return null;
}
