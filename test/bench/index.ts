/** `npm run bench [-- name …]`: a table for people on stdout, `bench.json` for machines. */
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import type { Bench, Figure } from './figure.ts';

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  lpa: async () => (await import('./lpa.ts')).lpaBench,
  modem: async () => (await import('./modem.ts')).modemBench,
  renewal: async () => (await import('./renewal.ts')).renewalBench,
  service: async () => (await import('./service.ts')).serviceBench,
  window: async () => (await import('./window.ts')).windowBench,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

/** Past its bound. */
function isOut({ value, atMost, atLeast }: Figure): boolean {
  return (atMost !== undefined && value > atMost) || (atLeast !== undefined && value < atLeast);
}

function line(figure: Figure): string {
  const limit = figure.atMost === undefined ? (figure.atLeast === undefined ? '' : `≥ ${figure.atLeast}`) : `≤ ${figure.atMost}`;
  const bound = limit === '' ? '' : `  ${limit}${isOut(figure) ? '  OUT OF BOUNDS' : ''}`;
  const peers = figure.peers === undefined ? '' : `  (${figure.peers})`;
  return `  ${figure.name.padEnd(54)}${String(figure.value).padStart(8)} ${figure.unit.padEnd(16)}${bound}${peers}`.trimEnd();
}

const results: { name: string; how: string; figures: readonly Figure[] }[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  const bench = await benches[name]!();
  const figures = await bench.run();
  console.log(`${bench.name} — ${bench.how}`);
  for (const figure of figures) console.log(line(figure));
  results.push({ name: bench.name, how: bench.how, figures });
}
const machine = { platform: platform(), arch: arch(), cores: cpus().length, node: process.version };
writeFileSync('bench.json', `${JSON.stringify({ takenAt: new Date().toISOString(), machine, results }, null, 2)}\n`);
process.exit(results.some(({ figures }) => figures.some(isOut)) ? 1 : 0);
