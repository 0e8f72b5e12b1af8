import { createInstance, type i18n, type TFunction } from 'i18next';
import { createContext, useContext, type ReactNode } from 'react';
import { I18nextProvider, initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '#contract/common.ts';
import type { ErrorCode, ErrorDetails } from '#contract/errors.ts';
import { explainProblem, type ProblemWords } from '#contract/problem-key.ts';
import type deskEnglish from '#resources/locales/en/desk.json';
import type errorsEnglish from '#resources/locales/en/errors.json';
import { figureKeeper, keepFigures } from './figures.ts';
import { createFormat, type Format } from './format.ts';

declare module 'i18next' {
  // i18next reads the key types from this interface; a type alias cannot be merged into it.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface CustomTypeOptions {
    defaultNS: 'desk';
    resources: { desk: typeof deskEnglish; errors: typeof errorsEnglish };
  }
}

export type Translate = TFunction<['desk', 'errors']>;
export type Words = {
  readonly t: Translate;
  readonly format: Format;
  readonly language: Language;
  /** What to say of a failure, as specific as its details allow. */
  readonly explain: (failure: { readonly code: ErrorCode; readonly details: ErrorDetails }) => ProblemWords;
  /** What a capability of a chip is called; one that is newer than our words keeps the name of the specification. */
  readonly nameCapability: (kind: 'uicc' | 'rsp', name: string) => string;
};

const FormatContext = createContext<Format | null>(null);

const files = ['desk', 'errors', 'rsp', 'modem', 'capabilities'] as const;

/** Each language is a chunk of its own: only the one that is read is loaded. */
async function load(language: Language): Promise<Readonly<Record<(typeof files)[number], object>>> {
  const [desk, errors, rsp, modem, capabilities] =
    language === 'en'
      ? await Promise.all([
          import('#resources/locales/en/desk.json'),
          import('#resources/locales/en/errors.json'),
          import('#resources/locales/en/rsp.json'),
          import('#resources/locales/en/modem.json'),
          import('#resources/locales/en/capabilities.json'),
        ])
      : await Promise.all([
          import('#resources/locales/zh-CN/desk.json'),
          import('#resources/locales/zh-CN/errors.json'),
          import('#resources/locales/zh-CN/rsp.json'),
          import('#resources/locales/zh-CN/modem.json'),
          import('#resources/locales/zh-CN/capabilities.json'),
        ]);
  return { desk: desk.default, errors: errors.default, rsp: rsp.default, modem: modem.default, capabilities: capabilities.default };
}

/** Starts i18next with one language. */
export async function startWords(language: Language): Promise<i18n> {
  const instance = createInstance();
  await instance
    .use(initReactI18next)
    .use(figureKeeper)
    .init({
      lng: language,
      ns: files,
      defaultNS: 'desk',
      resources: { [language]: await load(language) },
      postProcess: [figureKeeper.name],
      // React escapes what it renders.
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  return instance;
}

/** Changes the language, once its words are there; `lang` of the page follows, for fonts and for screen readers. */
export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'desk')) {
    const loaded = await load(language);
    for (const file of files) instance.addResourceBundle(language, file, loaded[file]);
  }
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Gives the words and the formats of the present language to everything inside it. */
export function WordsProvider({ instance, children }: { readonly instance: i18n; readonly children: ReactNode }): ReactNode {
  return (
    <I18nextProvider i18n={instance}>
      <FormatOfLanguage>{children}</FormatOfLanguage>
    </I18nextProvider>
  );
}

const formats = { en: createFormat('en'), 'zh-CN': createFormat('zh-CN') } as const;

function FormatOfLanguage({ children }: { readonly children: ReactNode }): ReactNode {
  const { i18n } = useTranslation();
  return <FormatContext value={formats[i18n.language === 'zh-CN' ? 'zh-CN' : 'en']}>{children}</FormatContext>;
}

/** Words (`t`) and formats of the present language. */
export function useWords(): Words {
  const { t, i18n } = useTranslation(['desk', 'errors']);
  const format = useContext(FormatContext);
  if (format === null) throw new Error('useWords outside of WordsProvider');
  const { language } = format;
  const find = (file: (typeof files)[number], key: string): string | null => {
    const text: unknown = i18n.getResource(language, file, key);
    return typeof text === 'string' ? text : null;
  };
  return {
    t,
    format,
    language,
    explain: (failure) =>
      explainProblem(failure, (file, key) => {
        const text = find(file, key);
        return text === null ? null : keepFigures(text);
      }),
    nameCapability: (kind, name) => find('capabilities', `${kind}.${name}`) ?? name,
  };
}
