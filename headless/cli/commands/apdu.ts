import { LebError } from '#contract/errors.ts';
import type { Kit } from '../command-kit.ts';
import { toTableError } from '../failure.ts';
import { findDevice, reachOf } from '../find-device.ts';
import { describeStatusWord } from '../status-word.ts';
import { styled } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

type Exchange = { readonly command: string; readonly data: string; readonly sw: string; readonly meaning: string };

/** Raw command APDUs on the basic channel, one after the other. */
export function addApduCommand(kit: Kit): void {
  const { words } = kit;
  kit.command(null, 'apdu', '[DEVICE] HEX…', async (terminal, { given, rest }) => {
    const commands = rest.map((typed) => readHex(words, typed));
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const { deviceId } = await findDevice(opened, terminal, given('DEVICE'), 'anything');
    const exchanges: Exchange[] = [];
    for (const command of commands) {
      terminal.progress.begin(words.say('progress.apdu', { command: shortened(command) }));
      try {
        const { data, sw } = await opened.desk.apdu.send({ deviceId, command });
        exchanges.push({ command, data, sw, meaning: describeStatusWord(words, sw) });
      } catch (error) {
        // What the card answered before is not lost with the command that failed.
        if (!terminal.options.json) for (const exchange of exchanges) process.stdout.write(`${describe(exchange)}\n`);
        const known = toTableError(error);
        throw new LebError(known.code, { ...known.details, command }, { cause: error });
      }
      terminal.progress.end('done');
    }
    return { data: { deviceId, exchanges }, text: exchanges.map(describe).join('\n') };
  });
}

/** Spaces and colons between bytes are usual. */
function readHex(words: Words, typed: string): string {
  const hex = typed.replaceAll(/[\s:]/gu, '').toUpperCase();
  if (!/^(?:[0-9A-F]{2}){4,261}$/u.test(hex)) throw new UsageError(words.say('usage.hex', { value: shortened(typed) }));
  return hex;
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

function describe({ command, data, sw, meaning }: Exchange): string {
  return [styled('bold', command), ...(data === '' ? [] : [data]), `${sw}  ${styled('dim', meaning)}`].join('\n');
}
