import type { ErrorCode, ErrorDetails } from './errors.ts';

/** The files of the locales that have words for problems. */
export type ProblemFile = 'errors' | 'rsp' | 'modem';

/** A text of the locales (the parts of its key divided by dots), and what fills its placeholders: further texts, or what a server said. */
export type Phrase = {
  readonly key: `${ProblemFile}:${string}`;
  readonly values?: Readonly<Record<string, Phrase | string>>;
};

/** What to say of a problem, and what the person can do. */
export type ProblemPhrases = { readonly sentence: Phrase; readonly remedy: Phrase };
export type ProblemWords = { readonly sentence: string; readonly remedy: string };

export type FindText = (file: ProblemFile, key: string) => string | null;

type AnyProblem = { readonly code: ErrorCode; readonly details: ErrorDetails };

/**
 * What can be said of a problem, the most specific first: the low-level result or the circumstance has words of its own in `rsp.json` or `modem.json`, the code of the table has
 * some in `errors.json`, which always stand. Codes are compared as text: 3.1 is not 3.10 (SGP.22 v2.5 §5.2.6.2).
 */
export function problemPhrases({ code, details }: AnyProblem): readonly ProblemPhrases[] {
  return [...specificPhrases(code, details), entry(`errors:${code}`)];
}

/** The first of them that the locales have, filled in. `find` gives the text under a key of a file as it stands there, or null. */
export function explainProblem(problem: AnyProblem, find: FindText): ProblemWords {
  for (const { sentence, remedy } of problemPhrases(problem)) {
    const words = { sentence: write(sentence, find), remedy: write(remedy, find) };
    if (words.sentence !== null && words.remedy !== null) return { sentence: words.sentence, remedy: words.remedy };
  }
  return { sentence: problem.code, remedy: '' };
}

function specificPhrases(code: ErrorCode, details: ErrorDetails): readonly ProblemPhrases[] {
  switch (code) {
    case 'PROFILE_SERVER_REFUSED':
      return refusalPhrases(details);
    case 'PROFILE_SERVER_UNTRUSTED':
    case 'PROFILE_SERVER_UNREACHABLE':
      return part(details['reason']).map((reason) => entry(`rsp:connection.${reason}`));
    case 'CARD_REFUSED_SERVER':
    case 'EUICC_REFUSED':
      return part(details['result']).flatMap((result) => [
        ...part(details['command']).map((command) => entry(`rsp:result.${command}/${result}`)),
        entry(`rsp:result.${result}`),
      ]);
    case 'PROFILE_INSTALLATION_FAILED':
      return installationPhrases(details);
    case 'PORT_PERMISSION':
      return portPermissionPhrases(details);
    case 'PORT_BUSY':
      if (details['holder'] === 'ModemManager')
        return [entry(`rsp:port.held.${details['connected'] === true ? 'connected' : 'modemManager'}`)];
      return filled('rsp:port.held.program', details, ['holder']);
    case 'CHANNEL_UNAVAILABLE':
      return details['via'] === 'modem' ? [entry('modem:problem.noFreeChannel')] : [];
    case 'MODEM_NO_EUICC_ACCESS':
      return filled('modem:problem.noWayToChip', details, ['modemChannel', 'csimChannel', 'csimBasic']);
    case 'CARD_STATUS':
      return part(details['sw']).map((sw) => entry(`rsp:card.${sw}`));
    case 'SIM_PIN_REQUIRED':
    case 'SIM_PUK_REQUIRED':
    case 'SIM_PIN_WRONG':
    case 'SIM_PUK_WRONG':
      return part(details['attemptsLeft']).map((attemptsLeft) => entry(`modem:problem.${code}`, { attemptsLeft }));
    case 'NOT_REGISTERED':
      return part(details['rejectCause']).map((number) => entry('modem:problem.rejected', { cause: { key: `modem:reject.${number}` } }));
    case 'AT_ANSWER':
      return details['reason'] === 'unchanged' ? [entry('modem:problem.unchanged')] : [];
    case 'SIM_LAST_ATTEMPT':
      return details['attemptsLeft'] === null ? [entry('modem:problem.attemptsUnknown')] : [];
    default:
      return [];
  }
}

/** The pair of codes; else what each of the two says; else the two themselves, with what the server adds. */
function refusalPhrases({ status, subjectCode, reasonCode, message }: ErrorDetails): readonly ProblemPhrases[] {
  if (!isStatusCode(subjectCode) || !isStatusCode(reasonCode)) return status === 'Expired' ? [entry('rsp:refusal.expired')] : [];
  const [subject, reason] = [subjectCode.replaceAll('.', '-'), reasonCode.replaceAll('.', '-')];
  const code = `${subjectCode}/${reasonCode}`;
  return [
    entry(`rsp:status.${subject}/${reason}`),
    entry('rsp:refusal.composed', { subject: { key: `rsp:subject.${subject}` }, reason: { key: `rsp:reason.${reason}` } }),
    ...(typeof message === 'string' && message !== '' ? [entry('rsp:refusal.said', { code, message })] : []),
    entry('rsp:refusal.code', { code }),
  ];
}

/** Whose the port is, and what would let this user in. */
function portPermissionPhrases(details: ErrorDetails): readonly ProblemPhrases[] {
  switch (details['access']) {
    case 'group':
      return filled('rsp:port.permission.group', details, ['group', 'user']);
    case 'signInAgain':
      return filled('rsp:port.permission.signInAgain', details, ['group']);
    case 'rule':
      return [entry('rsp:port.permission.rule')];
    default:
      return [];
  }
}

/** Why the chip stopped, at which step, and over what (SGP.22 v2.5 §2.5.6); each may be one that nobody knows. */
function installationPhrases({ errorReason, bppCommandId, peStatus }: ErrorDetails): readonly ProblemPhrases[] {
  const reasons = [
    ...part(errorReason).map((reason) => entry(`rsp:installation.reason.${reason}`)),
    entry('errors:PROFILE_INSTALLATION_FAILED'),
  ];
  return reasons.flatMap(({ sentence, remedy }) => [
    ...part(bppCommandId).flatMap((number): readonly ProblemPhrases[] => {
      const stopped = { reason: sentence, step: { key: `rsp:installation.step.${number}` } } as const;
      return [
        ...part(peStatus).map((fault): ProblemPhrases => ({
          sentence: { key: 'rsp:installation.fault.sentence', values: { ...stopped, fault: { key: `rsp:installation.fault.${fault}` } } },
          remedy,
        })),
        { sentence: { key: 'rsp:installation.sentence', values: stopped }, remedy },
      ];
    }),
    { sentence, remedy },
  ]);
}

function entry(key: Phrase['key'], values: NonNullable<Phrase['values']> = {}): ProblemPhrases {
  return { sentence: { key: `${key}.sentence`, values }, remedy: { key: `${key}.remedy`, values } };
}

/** What is said with details as they are; nothing where one of them is missing. */
function filled(key: Phrase['key'], details: ErrorDetails, names: readonly string[]): readonly ProblemPhrases[] {
  const values = Object.fromEntries(names.flatMap((name) => (typeof details[name] === 'string' ? [[name, details[name]]] : [])));
  return Object.keys(values).length === names.length ? [entry(key, values)] : [];
}

/** A detail as a part of a key, if it can be one: what a card or a server said must not lead elsewhere. */
function part(detail: ErrorDetails[string] | undefined): readonly string[] {
  return (typeof detail === 'string' || typeof detail === 'number') && /^\w+$/u.test(String(detail)) ? [String(detail)] : [];
}

function isStatusCode(detail: ErrorDetails[string] | undefined): detail is string {
  return typeof detail === 'string' && /^\d{1,3}(?:\.\d{1,3}){0,4}$/u.test(detail);
}

/** Null where a text is missing, of the phrase or of one inside it. What is filled in is not looked at again. */
function write({ key, values = {} }: Phrase, find: FindText): string | null {
  const split = key.indexOf(':');
  const text = find(key.slice(0, split) as ProblemFile, key.slice(split + 1));
  const filled = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : write(value, find)] as const);
  if (text === null || filled.some(([, value]) => value === null)) return null;
  return text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => filled.find(([known]) => known === name)?.[1] ?? '');
}
