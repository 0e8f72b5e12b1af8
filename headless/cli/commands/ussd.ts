import type { UssdReply } from '#contract/desk/messages.ts';
import { ask, canAsk } from '../ask.ts';
import type { Input, Kit } from '../command-kit.ts';
import { findDevice, reachOf } from '../find-device.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { plain, styled } from '../text.ts';
import type { Words } from '../words.ts';

/** `leb ussd CODE [ANSWER…]`: a code to the network, and the answers to its menus: those that were given, then those of the person. */
export function addUssdCommand(kit: Kit): void {
  kit.command(null, 'ussd', '[DEVICE] CODE [ANSWER…]', dial);
}

async function dial(terminal: Terminal, { given, required, rest }: Input): Promise<Outcome> {
  const { words } = terminal;
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const { deviceId } = await findDevice(opened, terminal, given('DEVICE'), 'modem');
  const answers = [...rest];
  const replies: UssdReply[] = [];
  for (let text: string | undefined = required('CODE'); text !== undefined && text !== '';) {
    terminal.progress.begin(words.say('progress.network'));
    const reply = await opened.desk.ussd.send({ deviceId, text }, { signal: terminal.interrupted });
    terminal.progress.end('done');
    replies.push(reply);
    if (reply.state !== 'answerExpected') return outcome(words, deviceId, replies);
    text = answers.shift();
    if (text === undefined && canAsk() && !terminal.options.json) {
      process.stderr.write(`${describe(words, reply)}\n`);
      text = await ask(terminal, words.say('ask.answer'), true);
    }
  }
  // A menu that is left open would keep the line.
  await opened.desk.ussd.cancel({ deviceId });
  return outcome(words, deviceId, replies);
}

function outcome(words: Words, deviceId: string, replies: readonly UssdReply[]): Outcome {
  return { data: { deviceId, replies }, text: replies.map((reply) => describe(words, reply)).join('\n\n') };
}

function describe(words: Words, { state, text }: UssdReply): string {
  const said = text === null ? [] : [text.split('\n').map(plain).join('\n')];
  return [...said, ...(state === 'done' && text !== null ? [] : [styled('dim', words.say(`ussd.${state}`))])].join('\n');
}
