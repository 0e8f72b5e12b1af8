import { expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';

test('an empty environment is the trial on the default folder', () => {
  const read = readEnvironment({ LEB_BENCH: '', LEB_DATA_DIR: '' });
  expect(read).toMatchObject({ virtualBench: true, accountServiceUrl: null, serialPaths: [] });
  expect(read.dataDir).toContain('LEB Companion');
});

test('every variable is heard', () => {
  expect(
    readEnvironment({
      LEB_DATA_DIR: '/data/leb',
      LEB_BENCH: 'off',
      LEB_ACCOUNT_SERVICE_URL: 'https://account.leb.example/',
      LEB_SERIAL_PORTS: '/dev/pts/3:/tmp/modem',
    }),
  ).toEqual({
    dataDir: '/data/leb',
    virtualBench: false,
    accountServiceUrl: 'https://account.leb.example',
    serialPaths: ['/dev/pts/3', '/tmp/modem'],
  });
});

test.each(['http://account.leb.example', 'ftp://127.0.0.1', 'account.leb.example', 'http://127.0.0.1.leb.example'])(
  'refuses to send a password to %s',
  (url) => expect(() => readEnvironment({ LEB_ACCOUNT_SERVICE_URL: url })).toThrow('INPUT_INVALID'),
);

test('allows a service on this machine', () => {
  expect(readEnvironment({ LEB_ACCOUNT_SERVICE_URL: 'http://127.0.0.1:8080' }).accountServiceUrl).toBe('http://127.0.0.1:8080');
});

test('refuses a switch that is neither on nor off', () => {
  expect(() => readEnvironment({ LEB_BENCH: 'maybe' })).toThrow('INPUT_INVALID');
});
