import { expect, test } from 'vitest';
import { systemLanguage, terminalLanguages } from './system-language.ts';

test.each([
  [['zh_CN.UTF-8'], 'zh-CN'],
  [['zh-Hant-TW'], 'zh-CN'],
  [['fr-FR', 'zh-CN', 'en'], 'zh-CN'],
  [['en-GB', 'zh-CN'], 'en'],
  [['C'], 'en'],
  [[], 'en'],
] as const)('%j is spoken to in %s', (tags, language) => expect(systemLanguage(tags)).toBe(language));

test('LC_ALL goes before LANG', () => {
  expect(systemLanguage(terminalLanguages({ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }))).toBe('zh-CN');
  expect(systemLanguage(terminalLanguages({ LANG: 'zh_CN.UTF-8', LC_ALL: '' }))).toBe('zh-CN');
});
