/** What the terminal says, in the language of the person. */
import { readFileSync } from 'node:fs';
import type { Language } from '#contract/common.ts';
import type { ErrorCode, ErrorDetails } from '#contract/errors.ts';
import { explainProblem, type ProblemFile, type ProblemWords } from '#contract/problem-key.ts';

export type WordValues = Readonly<Record<string, string | number>>;

export type Words = {
  readonly language: Language;
  /** From now on everything is said in another language. */
  speak(language: Language): void;
  /**
   * The text under a dotted key of `cli.json`, with its `{{placeholders}}` filled in. `count` chooses the plural form.
   * @throws Error for a key that does not exist: a defect that a test finds
   */
  say(key: string, values?: WordValues): string;
  /** The text under a key, or null where there is none. */
  find(key: string): string | null;
  /** What a capability is called; the name of the specification for one that is newer than our words. */
  capability(kind: 'uicc' | 'rsp', name: string): string;
  /** Why a network refused (3GPP TS 24.301 §9.9.3.9); null for a cause that is newer than our words. */
  rejectCause(number: number): string | null;
  /** What to say of an error, as specific as its details allow. */
  error(code: ErrorCode, details?: ErrorDetails): ProblemWords;
};

type LocaleFile = 'cli' | 'capabilities' | ProblemFile;
type Entries = { readonly [name: string]: string | Entries };

export function createWords(first: Language): Words {
  let language = first;
  const files = new Map<string, Entries>();
  const file = (name: LocaleFile): Entries => {
    const path = `../../resources/locales/${language}/${name}.json`;
    const known = files.get(path);
    if (known !== undefined) return known;
    const read = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Entries;
    files.set(path, read);
    return read;
  };
  const find = (name: LocaleFile, key: string): string | null => {
    let found: string | Entries | undefined = file(name);
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    return typeof found === 'string' ? found : null;
  };
  return {
    get language() {
      return language;
    },
    speak(next) {
      language = next;
    },
    say(key, values = {}) {
      const { count } = values;
      const plural = typeof count === 'number' ? find('cli', `${key}_${new Intl.PluralRules(language).select(count)}`) : null;
      const text = plural ?? find('cli', key);
      if (text === null) throw new Error(`no words for ${key}`);
      return text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name] ?? ''));
    },
    find: (key) => find('cli', key),
    capability: (kind, name) => find('capabilities', `${kind}.${name}`) ?? name,
    rejectCause: (number) => find('modem', `reject.${number}`),
    error: (code, details = {}) => explainProblem({ code, details }, find),
  };
}
