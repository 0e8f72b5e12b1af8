import { expect, test } from 'vitest';
import { isPermitted } from './page-permissions.ts';

const page = 'app://bundle/index.html';
const adding = `${page}#/profiles/pcsc%3AReader%20one/add`;

test.each<[boolean, string, string, readonly string[]]>([
  [true, 'clipboard-sanitized-write', `${page}#/devices`, []],
  [false, 'clipboard-sanitized-write', 'https://evil.example/', []],
  [false, 'clipboard-read', adding, []],
  [true, 'media', adding, ['video']],
  [true, 'media', `${page}#/profiles/add`, ['video']],
  [true, 'display-capture', adding, []],
  [true, 'display-capture', adding, ['video']],
  [false, 'media', adding, ['audio']],
  [false, 'media', adding, ['video', 'audio']],
  [false, 'media', adding, ['unknown']],
  [false, 'media', adding, []],
  [false, 'display-capture', adding, ['video', 'audio']],
  [false, 'display-capture', `${page}#/settings`, ['video']],
  [false, 'media', `${page}#/profiles`, ['video']],
  [false, 'media', `${page}#/devices/add`, ['video']],
  [false, 'media', `${page}#/profiles/x/address`, ['video']],
  [false, 'media', 'https://evil.example/#/profiles/add', ['video']],
  [false, 'geolocation', adding, []],
  [false, 'usb', adding, []],
])('%s for %s on %s with %j', (permitted, permission, url, media) => {
  expect(isPermitted(permission, url, media)).toBe(permitted);
});
