import type { Language } from '#contract/common.ts';
import en from '#resources/locales/en/shell.json' with { type: 'json' };
import zhCn from '#resources/locales/zh-CN/shell.json' with { type: 'json' };

export type Words = typeof en;
const words: Readonly<Record<Language, Words>> = { en, 'zh-CN': zhCn };

/** What the desktop shell itself says: menus, tray, and the one sentence for a start that failed. */
export function wordsOf(language: Language): Words {
  return words[language];
}
