import type { Command } from 'commander';
import type { RadioCell, RadioReport } from '#contract/desk/modem.ts';
import type { Input, Kit } from '../command-kit.ts';
import { measured, openModem, signalPairs } from '../modem-view.ts';
import type { Pair } from '../table.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { formatClock, formatTime, orNone } from '../text.ts';
import type { Words } from '../words.ts';
import { writeOut } from '../write-out.ts';

export function addRadioCommands(kit: Kit, modem: Command): void {
  kit
    .command(modem, 'signal', '[DEVICE]', (terminal, input) =>
      input.flag('watch') ? watchSignal(terminal, input) : signal(terminal, input),
    )
    .option('--watch', kit.words.say('option.watch'));
  kit.command(modem, 'cells', '[DEVICE]', cells);
}

async function read(terminal: Terminal, input: Input): Promise<{ deviceId: string; report: RadioReport }> {
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  return { deviceId, report: await desk.modem.radio({ deviceId }) };
}

async function signal(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { deviceId, report } = await read(terminal, input);
  const { sinr, quality, registration, readAt } = report;
  const serving = report.cells.find((cell) => cell.serving) ?? null;
  const { pairs } = await import('../table.ts');
  return {
    data: signalData(deviceId, report),
    text: pairs([
      [words.say('field.technology'), describeTechnology(words, registration.technology)],
      [words.say('field.quality'), words.say(`quality.${quality}`)],
      ...signalPairs(words, report),
      ['SINR', measured(words, sinr, 'dB')],
      [words.say('field.band'), orNone(words, serving?.band)],
      [words.say('field.readAt'), formatTime(words, readAt)],
    ]),
  };
}

function signalData(deviceId: string, { signal: figures, sinr, quality, registration, cells: heard, readAt }: RadioReport) {
  const band = heard.find((cell) => cell.serving)?.band ?? null;
  return { deviceId, signal: figures, sinr, quality, technology: registration.technology, band, readAt };
}

/** A line every few seconds, until Ctrl-C. */
async function watchSignal(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words, options, interrupted } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  terminal.progress.end('done');
  try {
    for await (const report of await desk.modem.watchRadio({ deviceId }, { signal: interrupted })) {
      await writeOut(options.json ? `${JSON.stringify(signalData(deviceId, report))}\n` : `${signalLine(words, report)}\n`);
    }
  } catch (error) {
    if (!interrupted.aborted) throw error;
  }
  return 'streamed';
}

function signalLine(words: Words, { signal: figures, sinr, quality, registration, cells: heard, readAt }: RadioReport): string {
  const levels = [
    `RSRP ${measured(words, figures.rsrp, 'dBm')}`,
    `RSRQ ${measured(words, figures.rsrq, 'dB')}`,
    `SINR ${measured(words, sinr, 'dB')}`,
    `RSSI ${measured(words, figures.rssi, 'dBm')}`,
  ];
  const band = orNone(words, heard.find((cell) => cell.serving)?.band);
  return [
    formatClock(words, readAt),
    describeTechnology(words, registration.technology),
    band,
    words.say(`quality.${quality}`),
    ...levels,
  ].join('  ');
}

async function cells(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { deviceId, report } = await read(terminal, input);
  const serving = report.cells.filter((cell) => cell.serving);
  const secondary = report.cells.filter(({ role }) => role === 'secondary');
  const neighbours = report.cells.filter(({ role }) => role === 'neighbour');
  const { pairs, table } = await import('../table.ts');
  const head = ['technology', 'band', 'channel', 'pci', 'rsrp', 'rsrq'].map((name) => words.say(`column.${name}`));
  const list = (title: string, some: readonly RadioCell[]): readonly string[] =>
    some.length === 0
      ? []
      : [
          [
            words.say(`title.${title}`),
            table(
              head,
              some.map((cell) => cellRow(words, cell)),
            ),
          ].join('\n'),
        ];
  return {
    data: { deviceId, serving, secondary, neighbours, registration: report.registration, readAt: report.readAt },
    text: [
      ...(serving.length === 0 ? [words.say('none.cells')] : serving.map((cell) => pairs(cellPairs(words, cell)))),
      ...list('secondary', secondary),
      ...list('neighbours', neighbours),
    ].join('\n\n'),
  };
}

function cellRow(words: Words, cell: RadioCell): readonly string[] {
  return [
    describeTechnology(words, cell.technology),
    orNone(words, cell.band),
    orNone(words, cell.channel?.toString()),
    orNone(words, cell.pci?.toString()),
    measured(words, cell.rsrp, 'dBm'),
    measured(words, cell.rsrq, 'dB'),
  ];
}

function cellPairs(words: Words, cell: RadioCell): readonly Pair[] {
  return [
    [words.say('field.technology'), describeTechnology(words, cell.technology)],
    ['MCC MNC', orNone(words, cell.mccMnc)],
    [words.say('field.areaCode'), orNone(words, cell.areaCode)],
    [words.say('field.cellId'), orNone(words, cell.cellId)],
    ['PCI', orNone(words, cell.pci?.toString())],
    [words.say('field.band'), orNone(words, cell.band)],
    [words.say('field.channel'), orNone(words, cell.channel?.toString())],
    [words.say('field.bandwidth'), measured(words, cell.bandwidthMHz, 'MHz')],
    ['RSRP', measured(words, cell.rsrp, 'dBm')],
    ['RSRQ', measured(words, cell.rsrq, 'dB')],
    ['RSSI', measured(words, cell.rssi, 'dBm')],
    ['SINR', measured(words, cell.sinr, 'dB')],
  ];
}

function describeTechnology(words: Words, technology: RadioCell['technology']): string {
  return technology === null ? words.say('value.none') : words.say(`technology.${technology}`);
}
