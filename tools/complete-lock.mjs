// A registry mirror may lack the builds of a package for other platforms; npm then leaves them out of the lock file, and `npm ci` refuses
// the file everywhere. This adds what is named in `optionalDependencies` but has no entry. Run after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openbsd', 'netbsd', 'openharmony', 'sunos', 'win32'];
const processors = {
  'arm-': 'arm',
  armv7: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  x64: 'x64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  wasm32: 'wasm32',
  mips64el: 'mips64el',
};

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (path === '' || lock.packages[nested] || lock.packages[hoisted] || !/^\d+\.\d+\.\d+/.test(range)) continue;
    const os = systems.filter((system) => name.includes(system));
    const cpu = [
      ...new Set(
        Object.entries(processors)
          .filter(([part]) => name.includes(part))
          .map(([, processor]) => processor),
      ),
    ];
    if (os.length === 0 && cpu.length === 0) continue;
    const libc = name.includes('musl') ? ['musl'] : os.includes('linux') && name.includes('gnu') ? ['glibc'] : [];
    lock.packages[hoisted] = {
      version: range,
      ...(cpu.length > 0 && { cpu }),
      ...(entry.dev && { dev: true }),
      ...(libc.length > 0 && { libc }),
      optional: true,
      ...(os.length > 0 && { os }),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages of other platforms added to package-lock.json`);
