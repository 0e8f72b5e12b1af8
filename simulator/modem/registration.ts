import { formatRegistration, reportedDomains } from './commands/network.ts';
import type { ModemClock } from './modem-clock.ts';
import type { ModemState } from './modem-state.ts';
import { registrationStats } from './modem-state.ts';
import type { RadioSettings } from './radio-settings.ts';
import type { Cell, RadioNetwork, RadioWorld } from './radio-world.ts';
import { cellOf } from './radio-world.ts';

/** The modem's way onto a network and off it, with what is told about it (3GPP TS 27.007 §7.2). */
export type Registration = {
  /** Looks for a network with the SIM as it is. */
  search(): void;
  leave(): void;
  /** No search that is under way comes to anything. */
  giveUp(): void;
  /** The world, or what the radio may use, is another one than before. */
  reconsider(): void;
};

/** What a search comes to. */
type Outcome = { readonly network: RadioNetwork; readonly cell: Cell } | { readonly cause: number } | 'nothing';

/** EMM causes, 3GPP TS 24.301 §9.9.3.9: IMSI unknown in HSS, PLMN not allowed. */
const causes = { notKnown: 2, notAllowed: 11 } as const;
const searchTime = 700; // milliseconds

export function makeRegistration(options: {
  readonly clock: ModemClock;
  readonly state: ModemState;
  readonly world: RadioWorld;
  readonly radio: RadioSettings;
  readonly say: (line: string) => void;
  readonly onRegistered: () => void;
}): Registration {
  const { clock, state, world, radio, say } = options;
  let searches = 0;

  function set(stat: ModemState['stat'], found: { readonly network: RadioNetwork; readonly cell: Cell } | null): void {
    const before = reportedDomains.map((domain) => formatRegistration(state, domain, state.reports[domain]));
    state.stat = stat;
    state.network = found?.network ?? null;
    state.cell = found?.cell ?? null;
    for (const [index, domain] of reportedDomains.entries()) {
      const report = formatRegistration(state, domain, state.reports[domain]);
      if (state.reports[domain] !== 0 && report !== before[index]) say(`${domain}: ${report}`);
    }
  }

  function judge(imsi: string): Outcome {
    if (world.refusal !== null) return { cause: world.refusal };
    if (world.networks().length === 0) return 'nothing';
    const network = world.homeOf(imsi);
    if (network === null) return { cause: causes.notKnown };
    const cell = cellOf(network, radio);
    if (cell === null) return 'nothing';
    // A network that was chosen by hand takes its own subscribers and those that it has an agreement for.
    return state.chosenNetwork === null || state.chosenNetwork === network.mccMnc ? { network, cell } : { cause: causes.notAllowed };
  }

  function take(outcome: Outcome): void {
    state.rejectCause = typeof outcome === 'object' && 'cause' in outcome ? outcome.cause : null;
    if (outcome === 'nothing') return;
    if ('cause' in outcome) {
      state.activations.clear();
      set(registrationStats.denied, null);
    } else set(registrationStats[outcome.network.registration], outcome);
  }

  function search(): void {
    const { sim } = state;
    if (sim.state !== 'ready' || state.functionality !== 1 || state.detached) return;
    searches += 1;
    const mine = searches;
    set(registrationStats.searching, null);
    clock.after(searchTime, () => {
      // Another search, or a command that took the modem off the network, has overtaken this one.
      if (mine !== searches) return;
      take(judge(sim.identity.imsi));
      if (state.network !== null) options.onRegistered();
    });
  }

  return {
    search,
    leave() {
      searches += 1;
      state.activations.clear();
      set(registrationStats.notRegistered, null);
    },
    giveUp() {
      searches += 1;
    },
    reconsider() {
      const { sim, network } = state;
      const outcome = sim.state === 'ready' && network !== null ? judge(sim.identity.imsi) : 'nothing';
      // A network that is left for nothing, or for another one, is first looked for; one that refuses says so at once.
      const stays = typeof outcome === 'object' && ('cause' in outcome || outcome.network.mccMnc === network?.mccMnc);
      if (stays) take(outcome);
      else {
        if (network !== null) state.activations.clear();
        search();
      }
    },
  };
}
