import { formatRegistration, reportedDomains } from './commands/network.ts';
import type { ModemClock } from './modem-clock.ts';
import type { ModemState } from './modem-state.ts';
import { registrationStats } from './modem-state.ts';
import type { RadioNetwork } from './radio-world.ts';
import { findNetwork } from './radio-world.ts';

/** The modem's way onto a network and off it, with what is told about it (3GPP TS 27.007 §7.2). */
export type Registration = {
  /** Looks for a network with the SIM as it is. */
  search(): void;
  leave(): void;
  /** No search that is under way comes to anything. */
  giveUp(): void;
};

/** EMM causes, 3GPP TS 24.301 §9.9.3.9: IMSI unknown in HSS, PLMN not allowed. */
const causes = { notKnown: 2, notAllowed: 11 } as const;
const searchTime = 700; // milliseconds

export function makeRegistration(options: {
  readonly clock: ModemClock;
  readonly state: ModemState;
  readonly say: (line: string) => void;
  readonly onRegistered: () => void;
}): Registration {
  const { clock, state, say } = options;
  let searches = 0;

  function set(stat: ModemState['stat'], network: RadioNetwork | null): void {
    const before = reportedDomains.map((domain) => formatRegistration(state, state.reports[domain]));
    state.stat = stat;
    state.network = network;
    for (const [index, domain] of reportedDomains.entries()) {
      const report = formatRegistration(state, state.reports[domain]);
      if (state.reports[domain] !== 0 && report !== before[index]) say(`${domain}: ${report}`);
    }
  }

  /** A network that was chosen by hand takes its own subscribers and those that it has an agreement for. */
  function refusalOf(network: RadioNetwork): number | null {
    return state.chosenNetwork === null || state.chosenNetwork === network.mccMnc ? null : causes.notAllowed;
  }

  return {
    search() {
      const { sim } = state;
      if (sim.state !== 'ready' || state.functionality !== 1 || state.detached) return;
      searches += 1;
      const mine = searches;
      set(registrationStats.searching, null);
      clock.after(searchTime, () => {
        // Another search, or a command that took the modem off the network, has overtaken this one.
        if (mine !== searches) return;
        const network = findNetwork(sim.identity.imsi);
        state.rejectCause = network === null ? causes.notKnown : refusalOf(network);
        if (network === null || state.rejectCause !== null) set(registrationStats.denied, null);
        else {
          set(registrationStats[network.registration], network);
          options.onRegistered();
        }
      });
    },
    leave() {
      searches += 1;
      state.activations.clear();
      set(registrationStats.notRegistered, null);
    },
    giveUp() {
      searches += 1;
    },
  };
}
