// Progress for people: one line a step, no questions. Plain JavaScript: runs on whatever Node the system has, before anything is installed.
const started = Date.now();
const colour = process.stderr.isTTY && !process.env['NO_COLOR'];
const paint = (code, text) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);

export function step(text) {
  process.stderr.write(`${paint(36, '›')} ${text}\n`);
}

export function done(text) {
  process.stderr.write(`${paint(32, '✓')} ${text} ${paint(2, `${((Date.now() - started) / 1000).toFixed(1)} s`)}\n`);
}

export function warn(text) {
  process.stderr.write(`${paint(33, '!')} ${text}\n`);
}

export function fail(text) {
  process.stderr.write(`${paint(31, '✗')} ${text}\n`);
  process.exit(1);
}
