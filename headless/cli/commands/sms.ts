import { createInterface } from 'node:readline';
import { Option } from 'commander';
import type { Kit } from '../command-kit.ts';
import { toFailure } from '../failure.ts';
import { plain, styled } from '../text.ts';
import { writeOut } from '../write-out.ts';
import { addMessageCommands } from './messages.ts';

/** `leb sms`; `decode`: what PDUs say, from the command line or, one a line, from standard input. No device is opened for it. */
export function addSmsCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('sms');
  addMessageCommands(kit, group);
  kit
    .command(group, 'decode', '[PDU…]', async (terminal, { rest, option, flag }) => {
      const [{ decodePdu }, { smsDocument }, { smsText }] = await Promise.all([
        import('#native/sms/sms-pdu.ts'),
        import('../sms-document.ts'),
        import('../sms-text.ts'),
      ]);
      const direction = option('direction');
      const options = {
        direction: direction === null ? null : direction === 'mo' ? ('fromMobile' as const) : ('toMobile' as const),
        hasServiceCentre: flag('tpdu') ? false : null,
      };
      let failed = false;
      const tell = (pdu: string): Promise<void> => {
        try {
          const document = smsDocument(decodePdu(pdu, options));
          return writeOut(terminal.options.json ? `${JSON.stringify({ pdu, ok: true, ...document })}\n` : `${smsText(words, document)}\n`);
        } catch (error) {
          failed = true;
          const { code, message, remedy, details } = toFailure(error, words);
          if (terminal.options.json) return writeOut(`${JSON.stringify({ pdu, ok: false, error: { code, message, remedy, details } })}\n`);
          return writeOut(`${styled('bold', plain(pdu))}\n  ${styled('red', words.say('failed'))} ${plain(message)}\n`);
        }
      };
      for (const pdu of rest) await tell(pdu);
      if (rest.length === 0) {
        for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
          if (terminal.interrupted.aborted) break;
          if (line.trim() !== '') await tell(line.trim());
        }
      }
      return failed ? 'streamedFailures' : 'streamed';
    })
    .option('--tpdu', words.say('option.tpdu'))
    .addOption(new Option('--direction <mt|mo>', words.say('option.direction')).choices(['mt', 'mo']));
}
