/** The one Chromium of the machine, for the double's windows, the web shell's page and the browser in which a person pays. */
export const chromiumPath = process.env['ELECTRON_DOUBLE_CHROMIUM'] ?? '/usr/bin/chromium';

/** Root cannot use Chromium's sandbox, and containers rarely allow it. */
export const launchOptions = {
  executablePath: chromiumPath,
  args: process.env['ELECTRON_DOUBLE_CHROMIUM_SANDBOX'] === '1' ? [] : ['--no-sandbox'],
};
