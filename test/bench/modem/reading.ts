import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAnswerReader } from '#native/at/answer-reader.ts';
import { parseCommandLine } from '#native/at/command-line.ts';
import type { AtCommand } from '#native/at/command.ts';
import { extendedSignalQualityCommand } from '#native/at/commands/extended-signal-quality.ts';
import { operatorCommand } from '#native/at/commands/operator.ts';
import { decodeRegistrationLine, registrationCommands } from '#native/at/commands/registration.ts';
import { signalQualityCommand } from '#native/at/commands/signal-quality.ts';
import { decodeSimNews, simStateCommand } from '#native/at/commands/sim-state.ts';
import type { Figure } from '../figure.ts';
import { rounded } from './rounded.ts';

type Asked = { readonly line: string; readonly answer: string; decode(lines: readonly string[]): unknown };

function asked<Value>(command: AtCommand<void, Value>, answer: string): Asked {
  return { line: command.encode(), answer, decode: (lines) => command.decode(lines) };
}

/** What a modem is asked again and again, each with what it says by itself in front of, or in the middle of, its answer. */
const conversation: readonly Asked[] = [
  asked(signalQualityCommand, '+CSQ: 20,99'),
  asked(registrationCommands['+CREG'], '+CREG: 2,5,"00C4","0B51D70A",7'),
  asked(registrationCommands['+CEREG'], '\r\n+CEREG: 5,"00C4","0B51D70B",7\r\n\r\n+CEREG: 2,5,"00C4","0B51D70A",7'),
  { line: 'AT+COPS?', answer: '+COPS: 0,0,"Harbour Mobile",7', decode: (lines) => operatorCommand.decode(lines) },
  asked(extendedSignalQualityCommand, '+CESQ: 99,99,255,255,20,50\r\n\r\n+QUSIM: 1'),
  asked(simStateCommand, '+CPIN: READY'),
];

/** The bytes of one round of the conversation, echoes too. */
const round = Buffer.from(conversation.map(({ line, answer }) => `${line}\r\r\n${answer}\r\n\r\nOK\r\n`).join(''), 'latin1');
/** Serial ports give at most so much at once. */
const chunkSize = 4_095;

function chunksOf(bytes: number): readonly Buffer[] {
  const all = Buffer.concat(Array.from({ length: Math.ceil(bytes / round.length) }, () => round));
  const starts = Array.from({ length: Math.ceil(all.length / chunkSize) }, (_chunk, index) => index * chunkSize);
  return starts.map((start) => all.subarray(start, start + chunkSize));
}

type Reading = { push(bytes: Buffer): void };

/** What the product does with bytes: lines are cut, told apart and decoded. */
function readAsProduct(): Reading {
  const prepared = conversation.map((one) => ({ ...one, parts: parseCommandLine(one.line), prompts: false }));
  let at = 0;
  const current = () => prepared[at] ?? fail();
  const reader = createAnswerReader({
    onUnsolicited(line) {
      if (decodeRegistrationLine(line) === null && decodeSimNews(line) === null) fail();
    },
    onPrompt: fail,
    onStray: fail,
    onFinal(_final, lines) {
      current().decode(lines ?? fail());
      at = (at + 1) % prepared.length;
      reader.expect(current());
    },
  });
  reader.expect(current());
  return reader;
}

/** Merely splitting: the bytes between two line ends, as text. */
function splitBytes(): Reading {
  let rest = Buffer.alloc(0);
  let lines = 0;
  return {
    push(bytes) {
      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      let start = 0;
      for (let end = all.indexOf(lineEnd); end >= 0; end = all.indexOf(lineEnd, start)) {
        lines += all.toString('latin1', start, end).length > 0 ? 1 : 0;
        start = end + lineEnd.length;
      }
      rest = Buffer.from(all.subarray(start));
    },
  };
}

/** The same with the fastest way that the runtime has: all the bytes as one text, which is split by the runtime itself. */
function splitText(): Reading {
  let rest = '';
  let lines = 0;
  return {
    push(bytes) {
      const pieces = (rest + bytes.toString('latin1')).split('\r\n');
      rest = pieces.pop() ?? '';
      for (const piece of pieces) lines += piece.length > 0 ? 1 : 0;
    },
  };
}

const lineEnd = Buffer.from('\r\n');

/** Milliseconds. */
function timeOf(reading: Reading, chunks: readonly Buffer[]): number {
  const begun = performance.now();
  for (const chunk of chunks) reading.push(chunk);
  return performance.now() - begun;
}

/** The shortest times of several rounds in turn: what else the machine does can only make them longer. */
function shortest<Name extends string>(rounds: number, works: Readonly<Record<Name, () => number>>): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<Name, number>;
  for (let turn = 0; turn < rounds; turn += 1) for (const name of names) times[name] = Math.min(times[name], works[name]());
  return times;
}

/** Megabytes that the heap and the buffers beside it have more after a gigabyte than after the first hundredth of it. */
function growthOverGigabyte(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  };
  const chunks = chunksOf(10_000_000);
  const reading = readAsProduct();
  timeOf(reading, chunks);
  const before = used();
  for (let sent = 1; sent < 100; sent += 1) timeOf(reading, chunks);
  return used() - before;
}

export function readingFigures(): readonly Figure[] {
  const [small, large] = [chunksOf(1_000_000), chunksOf(8_000_000)];
  const times = shortest(20, {
    product: () => timeOf(readAsProduct(), small),
    bytes: () => timeOf(splitBytes(), small),
    text: () => timeOf(splitText(), small),
  });
  const { eight } = shortest(5, { eight: () => timeOf(readAsProduct(), large) });
  return [
    {
      name: 'lines cut, told apart and decoded, to bytes merely split',
      value: rounded(times.product / times.bytes),
      unit: '× time',
      kind: 'ratio',
      atMost: 4,
    },
    { name: 'the same, to one text split by the runtime', value: rounded(times.product / times.text), unit: '× time', kind: 'ratio' },
    {
      name: 'the same for eight times the bytes, by byte',
      value: rounded(eight / 8 / times.product),
      unit: '× time',
      kind: 'ratio',
      atMost: 1.5,
    },
    { name: 'memory after reading a gigabyte', value: Math.round(growthOverGigabyte()), unit: 'MB more', kind: 'count', atMost: 5 },
  ];
}

function fail(): never {
  throw new Error('the reader did not follow the conversation');
}
