/** `npm run bench [-- name …]`: a table for people on stdout, `bench.json` for machines. */
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import type { Bench, Figure } from './figure.ts';

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  lpa: async () => (await import('./lpa.ts')).lpaBench,
  modem: async () => (await import('./modem.ts')).modemBench,
  renewal: async () => (await import('./renewal.ts')).renewalBench,
  window: async () => (await import('./window.ts')).windowBench,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

function line(figure: Figure): string {
  const bound = figure.atMost === undefined ? '' : `  ≤ ${figure.atMost}${figure.value > figure.atMost ? '  TOO MUCH' : ''}`;
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
const over = results.flatMap(({ figures }) => figures).filter(({ value, atMost }) => atMost !== undefined && value > atMost);
process.exit(over.length > 0 ? 1 : 0);
