import { chromiumPath } from '#test/electron-double/chromium-path.ts';

/** The web shell's page, and the browser in which a person pays. Root cannot use Chromium's sandbox, and containers rarely allow it. */
export const launchOptions = {
  executablePath: chromiumPath(),
  args: process.env['ELECTRON_DOUBLE_CHROMIUM_SANDBOX'] === '1' ? [] : ['--no-sandbox'],
};
