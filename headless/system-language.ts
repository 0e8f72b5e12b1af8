import type { Language } from '#contract/common.ts';

/** The first language of the system's list that we speak, else English. Tags as of BCP 47; every Chinese is answered in the one that we have. */
export function systemLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split(/[-_]/)[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/** The languages that a terminal is set to, in the order in which the C library asks for them (`LC_ALL=zh_CN.UTF-8`). */
export function terminalLanguages(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const set = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].filter((tag) => tag !== undefined && tag !== '');
  // Windows and macOS often set none of them; Node knows what the system speaks.
  return set.length > 0 ? set.map((tag) => tag ?? '') : [Intl.DateTimeFormat().resolvedOptions().locale];
}
