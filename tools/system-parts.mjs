// The parts that do not come from npm. On Debian and Ubuntu they are installed when we may; elsewhere the command is named.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { answers, run } from './run.mjs';
import { done, step, warn } from './say.mjs';

/** What each part is for, so that a person who cannot install it knows what will be missing. */
const parts = {
  pcscd: 'card readers',
  'libpcsclite-dev': 'card readers (headers to build the reader package)',
  udev: 'listing of serial ports',
  'vsmartcard-vpcd': 'the virtual card behind the real PC/SC service',
  socat: 'virtual modems on real serial lines',
  chromium: 'tests of the window in a real browser',
  'fonts-noto-cjk': 'Chinese text in those tests',
  postgresql: 'tests of the account service on a database server',
};
const faster = { 'chromium-headless-shell': 'the tests of the window in less time' };
const compiler = { 'g++': 'g++', make: 'make', python3: 'python3' };

const forStart = ['pcscd', 'libpcsclite-dev', 'udev', 'socat'];

/** The same on systems whose packages we do not install ourselves: the command to type. vpcd is not packaged there: the tests that need it fail until it is built from its source. */
const elsewhere = {
  dnf: {
    start: 'sudo dnf install pcsc-lite pcsc-lite-devel socat gcc-c++ make python3',
    test: 'chromium google-noto-sans-cjk-fonts postgresql-server',
  },
  pacman: { start: 'sudo pacman -S --needed pcsclite ccid socat base-devel python', test: 'chromium noto-fonts-cjk postgresql' },
  zypper: {
    start: 'sudo zypper install pcsc-lite pcsc-lite-devel socat gcc-c++ make python3',
    test: 'chromium noto-sans-sc-fonts postgresql-server',
  },
  apk: { start: 'doas apk add pcsc-lite pcsc-lite-dev ccid socat build-base python3 eudev', test: 'chromium font-noto-cjk postgresql' },
};

function missingPackages(wanted) {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...wanted], { encoding: 'utf8' });
  const installed = new Set(
    (asked.stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

/** `as`: the command that makes us the administrator, in parts. Gives apt's status. */
function apt(as, ...args) {
  const [command, ...rest] = [...as, 'apt-get', ...args];
  return run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] });
}

const install = (as, names) => apt(as, 'install', '-y', '-qq', '--no-install-recommends', ...names);

/** Where the system has it, and where it does not, nothing is said. */
async function ensureFaster(as) {
  if (as === null || missingPackages(Object.keys(faster)).length === 0) return;
  const offered = () => Object.keys(faster).filter((name) => answers('apt-cache', ['show', name]));
  if (offered().length === 0 && !readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages')))
    await apt(as, 'update', '-qq');
  const names = offered();
  if (names.length === 0) return;
  step(`Installing ${names.map((name) => `${name} (${faster[name]})`).join(', ')}`);
  if ((await install(as, names)) === 0) return;
  // The lists may name a version that is gone from the mirror.
  await apt(as, 'update', '-qq');
  await install(as, names);
}

function privilege() {
  if (process.getuid?.() === 0) return [];
  return answers('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null;
}

/** Installs what is missing for `purpose`, or says how to. Never asks, never stops the run. */
export async function ensureSystemParts(purpose) {
  if (process.platform !== 'linux') return;
  const wanted = purpose === 'start' ? forStart : Object.keys(parts);
  if (!existsSync('/usr/bin/apt-get')) {
    const missingHere = ['/usr/include/PCSC/winscard.h', '/usr/bin/socat'].filter((path) => !existsSync(path));
    if (missingHere.length === 0 && purpose === 'start') return;
    const manager = Object.keys(elsewhere).find((name) => answers(name));
    const command = manager === undefined ? null : `${elsewhere[manager].start}${purpose === 'test' ? ` ${elsewhere[manager].test}` : ''}`;
    warn(`For ${purpose === 'start' ? 'card readers' : 'all tests'}, type: ${command ?? `(your package manager) ${wanted.join(' ')}`}`);
    warn('Without them everything works but real card readers: account, plan, renewal, modems and the virtual bench.');
    return;
  }
  const as = privilege();
  const missing = [
    ...missingPackages(wanted),
    ...Object.entries(compiler)
      .filter(([command]) => !answers(command))
      .map(([, name]) => name),
  ];
  if (missing.length === 0) return purpose === 'test' ? ensureFaster(as) : undefined;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (as === null) {
    warn(
      `Not installed, since that needs the administrator: ${missing.map((name) => `${name} (${parts[name] ?? 'building native packages'})`).join(', ')}`,
    );
    warn(`To install: sudo ${command}`);
    return;
  }
  step(`Installing system packages: ${missing.join(', ')}`);
  await apt(as, 'update', '-qq');
  const status = await install(as, missing);
  if (status === 0) done('System packages are there');
  else warn(`apt-get ended with status ${status}. To try by hand: sudo ${command}`);
  if (purpose === 'test') await ensureFaster(as);
}

/** Where no service manager runs (a container), the PC/SC service is started here. */
export async function ensurePcscService() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || existsSync('/run/systemd/system')) return;
  if (!existsSync('/usr/sbin/pcscd') || answers('pidof', ['pcscd'])) return;
  step('Starting the PC/SC service');
  await run('/usr/sbin/pcscd', [], { stdio: 'ignore' });
}
