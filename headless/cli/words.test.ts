import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paymentFailures } from '#contract/errors.ts';
import { stepName } from '#contract/desk/tasks.ts';
import { ciRoot, outboxEntry, pendingNotification, policyRule, rung } from '#contract/desk/devices.ts';
import { createWords } from './words.ts';

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'));
const keys = [...new Set(sources.flatMap((source) => [...source.matchAll(/say\(\s*'([\w.-]+)'/gu)].map(([, key]) => key ?? '')))];
const values = { count: 2 };

describe.each(['en', 'zh-CN'] as const)('words in %s', (language) => {
  const words = createWords(language);

  it('has every text that the commands say', () => {
    expect(keys.length).toBeGreaterThan(100);
    for (const key of keys) expect(words.say(key, values), key).not.toBe('');
  });

  it('has a text for everything that has a name in the contract', () => {
    for (const name of policyRule.options) expect(words.say(`rule.${name}`)).not.toBe('');
    for (const name of pendingNotification.shape.event.options) expect(words.say(`event.${name}`)).not.toBe('');
    for (const name of outboxEntry.shape.state.options) expect(words.say(`outboxState.${name}`)).not.toBe('');
    for (const name of ciRoot.shape.kind.unwrap().options) expect(words.say(`rootKind.${name}`)).not.toBe('');
    for (const name of ['enabled', 'disabled', 'deleted', 'renamed']) expect(words.say(`done.${name}`)).not.toBe('');
    for (const name of stepName.options) expect(words.say(`step.${name}`)).not.toBe('');
    for (const name of rung.shape.name.options) expect(words.say(`rung.${name}`)).not.toBe('');
    for (const name of paymentFailures) expect(words.say(`payment.${name}`)).not.toBe('');
  });
});

describe('words', () => {
  it('has names for capabilities, and keeps those that it does not know', () => {
    expect(createWords('zh-CN').capability('uicc', 'multipleUsim')).not.toBe('multipleUsim');
    expect(createWords('en').capability('rsp', 'newerThanUs')).toBe('newerThanUs');
  });

  it('fills in values, chooses the plural form and changes its language', () => {
    const words = createWords('en');
    expect(words.say('reaches.euicc', { count: 1 })).toBe('eUICC with 1 profile');
    expect(words.say('reaches.euicc', { count: 3 })).toBe('eUICC with 3 profiles');
    words.speak('zh-CN');
    expect(words.say('reaches.euicc', { count: 1 })).toBe('eUICC，1 个配置文件');
    expect(words.error('NO_CARD').sentence).toBe('读卡器中没有卡。');
    expect(() => words.say('no.such.key')).toThrow('no.such.key');
  });
});
