import { expect, it } from 'vitest';
import { chooseProfiles, parseAddress } from './chip-options.ts';
import { parseFaults } from './fault.ts';
import { modemProfiles, readerProfiles } from './sample.ts';

it('reads faults', () => {
  expect(parseFaults('')).toEqual([]);
  expect(parseFaults('remove-at=7,cat-busy')).toEqual([{ kind: 'removeAt', apdu: 7, moment: 'before' }, { kind: 'catBusy' }]);
  expect(parseFaults('remove-at=1:after')).toEqual([{ kind: 'removeAt', apdu: 1, moment: 'after' }]);
  expect(() => parseFaults('remove-at=0')).toThrow(/remove-at=0/);
});

it('takes the given profiles first, and more of the samples where more are asked for', () => {
  expect(chooseProfiles(readerProfiles, undefined)).toEqual(readerProfiles);
  expect(chooseProfiles(modemProfiles, '1')).toEqual(modemProfiles.slice(0, 1));
  expect(new Set(chooseProfiles(modemProfiles, '6').map(({ iccid }) => iccid)).size).toBe(6);
  expect(() => chooseProfiles(modemProfiles, '7')).toThrow(/0 to 6/);
  expect(() => chooseProfiles(modemProfiles, '-1')).toThrow(/0 to 6/);
});

it('reads addresses', () => {
  expect(parseAddress('127.0.0.1:35963')).toEqual({ host: '127.0.0.1', port: 35_963 });
  expect(parseAddress('[::1]:1')).toEqual({ host: '::1', port: 1 });
  for (const wrong of ['', ':1', 'host', 'host:0', 'host:65536']) expect(() => parseAddress(wrong)).toThrow(/HOST:PORT/);
});
