import type { Problem } from '#contract/common.ts';
import type { EuiccOverview, ModemStatus, Rung } from '#contract/desk/devices.ts';
import { assertNever } from '../assert-never.ts';

/**
 * The prerequisite ladder of a device: what must hold before it is of use, from the ground up. Each rung is met, or it is the first that
 * is not (with its problem) or is being looked at, and all above it are not reached.
 */
type Finding = { readonly met: string | null } | { readonly unmet: Problem } | 'checking';

export type ReaderFacts = {
  readonly presence: 'card' | 'empty' | 'mute' | 'held' | 'gone' | 'serviceDown';
  readonly serviceProblem: Problem | null;
  readonly readerName: string;
  readonly atr: string | null; // upper-case hex
  readonly euicc: EuiccOverview | null;
  /** Why the last reading of the card failed. */
  readonly problem: Problem | null;
};

export function readerLadder(facts: ReaderFacts): Rung[] {
  const { presence, problem } = facts;
  const details = { reader: facts.readerName };
  return climb([
    [
      'pcscService',
      presence === 'serviceDown' ? { unmet: facts.serviceProblem ?? { code: 'PCSC_SERVICE_DOWN', details: {} } } : { met: null },
    ],
    ['reader', presence === 'gone' ? { unmet: { code: 'READER_GONE', details } } : { met: facts.readerName }],
    ['card', cardFinding(facts, details)],
    [
      'notHeld',
      presence === 'held' ? { unmet: { code: 'CARD_BUSY', details } } : problem?.code === 'CARD_BUSY' ? { unmet: problem } : { met: null },
    ],
    ['euicc', facts.euicc !== null ? { met: facts.euicc.svn } : problem !== null ? { unmet: problem } : 'checking'],
  ]);
}

function cardFinding({ presence, problem, atr }: ReaderFacts, details: Problem['details']): Finding {
  if (presence === 'empty') return { unmet: { code: 'NO_CARD', details } };
  if (presence === 'mute') return { unmet: { code: 'CARD_MUTE', details } };
  if (problem !== null && ['NO_CARD', 'CARD_REMOVED', 'CARD_MUTE'].includes(problem.code)) return { unmet: problem };
  return { met: atr };
}

export type ModemFacts = {
  readonly presence: 'listed' | 'reconnecting' | 'gone';
  readonly path: string;
  /** Maker and model, once something answered. */
  readonly answered: string | null;
  readonly status: ModemStatus | null;
  readonly euicc: EuiccOverview | null;
  readonly euiccProblem: Problem | null;
  /** Why the port or the modem could not be used. */
  readonly problem: Problem | null;
};

export function modemLadder(facts: ModemFacts): Rung[] {
  const { problem, status } = facts;
  const unmetBy = (codes: readonly string[], met: string | null): Finding =>
    problem !== null && codes.includes(problem.code) ? { unmet: problem } : { met };
  const portFinding: Finding =
    facts.presence === 'gone'
      ? { unmet: { code: 'PORT_NOT_FOUND', details: { port: facts.path } } }
      : facts.presence === 'reconnecting'
        ? 'checking'
        : unmetBy(['SERIAL_MISSING', 'PORT_NOT_FOUND', 'PORT_CLOSED'], facts.path);
  const rungs = climb([
    ['port', portFinding],
    ['permission', unmetBy(['PORT_PERMISSION'], null)],
    ['notHeldPort', unmetBy(['PORT_BUSY'], null)],
    ['answers', facts.answered !== null ? { met: facts.answered } : problem !== null ? { unmet: problem } : 'checking'],
    ['sim', status === null ? (problem === null ? 'checking' : { unmet: problem }) : simFinding(status)],
    ['registered', status === null ? 'checking' : registrationFinding(status)],
  ]);
  // An ordinary SIM is no fault: the rung is there only where an eUICC is, or where one should be and could not be read.
  if (facts.euicc !== null) return [...rungs, { name: 'euicc', state: 'met', evidence: facts.euicc.svn, problem: null }];
  if (facts.euiccProblem !== null && !['MODEM_NO_EUICC_ACCESS', 'NOT_AN_EUICC'].includes(facts.euiccProblem.code)) {
    return [...rungs, { name: 'euicc', state: 'unmet', evidence: null, problem: facts.euiccProblem }];
  }
  return rungs;
}

function simFinding(status: ModemStatus): Finding {
  switch (status.sim) {
    case 'ready':
      return { met: status.iccid };
    case 'pinRequired':
      return { unmet: { code: 'SIM_PIN_REQUIRED', details: {} } };
    case 'pukRequired':
      return { unmet: { code: 'SIM_PUK_REQUIRED', details: {} } };
    case 'absent':
    case 'failed':
      return { unmet: { code: 'SIM_ABSENT', details: { state: status.sim } } };
    case 'busy':
    case 'unknown':
      return 'checking';
    default:
      return assertNever(status.sim);
  }
}

function registrationFinding({ registration, operator }: ModemStatus): Finding {
  switch (registration.state) {
    case 'home':
    case 'roaming':
      return { met: operator?.name ?? operator?.mccMnc ?? registration.state };
    case 'searching':
    case 'unknown':
      return 'checking';
    case 'notRegistered':
    case 'denied':
    case 'emergencyOnly':
      return { unmet: { code: 'NOT_REGISTERED', details: { state: registration.state } } };
    default:
      return assertNever(registration.state);
  }
}

function climb(findings: readonly (readonly [Rung['name'], Finding])[]): Rung[] {
  let reached = true;
  return findings.map(([name, finding]): Rung => {
    if (!reached) return { name, state: 'notReached', evidence: null, problem: null };
    if (finding === 'checking') {
      reached = false;
      return { name, state: 'checking', evidence: null, problem: null };
    }
    if ('unmet' in finding) {
      reached = false;
      return { name, state: 'unmet', evidence: null, problem: finding.unmet };
    }
    return { name, state: 'met', evidence: finding.met, problem: null };
  });
}
