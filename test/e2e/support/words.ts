import { readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import type { Language } from '#contract/common.ts';

export type Translate = TFunction<['desk', 'errors']>;

const root = new URL('../../../', import.meta.url);

export function readLocale(language: Language, name: string): object {
  return JSON.parse(readFileSync(new URL(`resources/locales/${language}/${name}.json`, root), 'utf8')) as object;
}

/** The application's own words, so that a spec reads the window as a person does, in either language. */
export function wordsOf(language: Language): Translate {
  const instance = createInstance();
  void instance.init({
    lng: language,
    initAsync: false,
    ns: ['desk', 'errors'],
    defaultNS: 'desk',
    resources: { [language]: { desk: readLocale(language, 'desk'), errors: readLocale(language, 'errors') } },
    interpolation: { escapeValue: false },
  });
  return instance.getFixedT(language, ['desk', 'errors']);
}
