import { expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { listChipKinds, parseChipKind } from './chip-kind.ts';

it('joins traits, the later one over the earlier', () => {
  expect(parseChipKind('normal')).toMatchObject({ text: 'normal', protocol: 'T=0', longestBlock: 255, mep: null });
  expect(parseChipKind('only-aid+only-refresh, silent')).toMatchObject({
    text: 'only-aid+only-refresh+silent',
    identifier: 'aid',
    refresh: 'with',
    refusal: 'done',
  });
  expect(parseChipKind('short-block')).toMatchObject({ longestBlock: 100 });
  expect(parseChipKind('short-block=63+sequence=0')).toMatchObject({ longestBlock: 63, nextSeqNumber: 0 });
  expect(parseChipKind('two-se').isdrAids).toHaveLength(2);
  expect(parseChipKind('isdr-aid=5BER').isdrAids).toEqual(['A0000005591010FFFFFFFF8900050500']);
  expect(parseChipKind('isdr-aid=a0a1a2a3a4').isdrAids).toEqual(['A0A1A2A3A4']);
});

it.each([
  ['', /Unknown kind of card ""/],
  ['toString', /Unknown kind of card "toString"/],
  ['two-se+', /Unknown kind of card ""/],
  ['two-se=2', /takes no number/],
  ['short-block=62', /from 63 to 254/],
  ['short-block=', /from 63 to 254/],
  ['short-block=63=64', /Unknown kind/],
  ['isdr-aid=nobody', /no AID in hex/],
])('refuses "%s"', (text, message) => {
  expect(() => parseChipKind(text)).toThrow(message);
  expect(() => parseChipKind(text)).toThrow(UsageError);
});

it('lists what it takes, and takes what it lists', () => {
  const names = listChipKinds()
    .split('\n')
    .map((line) => /^ {2}([a-z\d-]+)/.exec(line)?.[1] ?? line);
  expect(names.length).toBeGreaterThan(15);
  for (const name of names.filter((one) => one !== 'isdr-aid')) expect(parseChipKind(name).text).toBe(name);
});
