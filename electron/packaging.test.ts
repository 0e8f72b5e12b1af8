// The packages are made where there is time for it; that their description is right is checked here, by electron-builder itself.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const config = await getConfig(root, resolve(root, 'electron-builder.yml'), null);

describe('electron-builder.yml', () => {
  it('follows the schema', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('a mistake would be found', async () => {
    const wrong = { ...config, asarUnpacked: [] } as typeof config;
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow('asarUnpacked');
  });

  it('sets every fuse, and opens none', () => {
    const fuses = { ...config.electronFuses } as Record<string, boolean>;
    const known = Object.keys(FuseV1Options)
      .filter((name) => !/^\d+$/.test(name) && name !== 'WasmTrapHandlers') // on by default, and not among electron-builder's own
      .map((name) => name.charAt(0).toLowerCase() + name.slice(1));
    expect(
      Object.keys(fuses)
        .filter((name) => name !== 'resetAdHocDarwinSignature')
        .toSorted(),
    ).toEqual(known.toSorted());
    const on = Object.keys(fuses).filter((name) => fuses[name]);
    expect(on).toEqual(['enableCookieEncryption', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar']);
  });

  it('leaves every native module outside the archive', () => {
    const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const shipped = Object.keys(packages).filter((path) => path !== '' && packages[path]?.dev !== true && existsSync(resolve(root, path)));
    const unpacked = (config.asarUnpack as string[]).map((pattern) => pattern.replace('/**', ''));
    for (const path of shipped.filter((path) => /better-sqlite3$|@serialport\/bindings-cpp$|smartcard$|@node-rs\/argon2-/.test(path))) {
      expect(
        unpacked.some((pattern) => path.startsWith(pattern)),
        path,
      ).toBe(true);
    }
  });

  it('brings the device rule of the modems along, and installs it where the package can', () => {
    const rule = '70-leb-companion-modem.rules';
    expect(existsSync(resolve(root, 'resources/udev', rule))).toBe(true);
    expect(config.linux?.extraResources).toEqual([{ from: 'resources/udev', to: 'udev' }]);
    expect(config.deb?.fpm).toEqual([`resources/udev/${rule}=/usr/lib/udev/rules.d/${rule}`]);
  });

  it('names the address schemes of cards and of activation codes', () => {
    expect(config.protocols).toEqual([{ name: 'LEB Companion', schemes: ['leb-card', 'lpa'] }]);
  });
});
