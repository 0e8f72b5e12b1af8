import { Command, CommanderError, Option } from 'commander';
import { addAccountCommands } from './commands/account.ts';
import { addApduCommand } from './commands/apdu.ts';
import { addAtCommands } from './commands/at.ts';
import { addDeviceCommands } from './commands/device.ts';
import { addEuiccCommands } from './commands/euicc.ts';
import { addLineCommands } from './commands/line.ts';
import { addModemCommands } from './commands/modem.ts';
import { addNotificationCommands } from './commands/notification.ts';
import { addOrderCommands } from './commands/order.ts';
import { addProfileCommands } from './commands/profile.ts';
import { addRenewCommand } from './commands/renew.ts';
import { addSmsCommands } from './commands/sms.ts';
import { addUssdCommand } from './commands/ussd.ts';
import { addWebCommand } from './commands/web.ts';
import { readInput, type Act, type Input, type Kit } from './command-kit.ts';
import type { GlobalOptions } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

export type Chosen = { readonly act: Act; readonly input: Input; readonly options: GlobalOptions };

/**
 * Reads the command line. `null`: help or the version was asked for and printed.
 * @throws UsageError
 */
export function readCommandLine(argv: readonly string[], words: Words, version: string): Chosen | null {
  const chosen: { value: Chosen | null } = { value: null };
  const root = new Command('leb');
  const shape = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .configureHelp({
        showGlobalOptions: true,
        styleTitle: (title) => words.say(`title.${title.replace(':', '').replaceAll(' ', '')}`),
        subcommandTerm: (sub) => sub.name(),
        optionDescription: (option) => option.description,
      })
      .helpOption('-h, --help', words.say('option.help'))
      .helpCommand(false);
  shape(root)
    .description(words.say('help.leb'))
    .version(version, '-V, --version', words.say('option.version'))
    .usage(words.say('usage.leb'))
    .argument('[typed...]')
    .option('--json', words.say('option.json'))
    .addOption(new Option('--lang <en|zh-CN>', words.say('option.lang')).choices(['en', 'zh-CN']))
    .option('--data-dir <DIR>', words.say('option.dataDir'))
    .option('--simulate', words.say('option.simulate'))
    .option('--serial <PATH>', words.say('option.serial'), collect, [] as string[])
    .option('--ca <FILE>', words.say('option.ca'), collect, [] as string[])
    .option('--trace <FILE>', words.say('option.trace'))
    .option('--trace-secrets', words.say('option.traceSecrets'))
    .addHelpText('after', `\n${words.say('help.after')}`);
  const kit: Kit = {
    words,
    group: (name, parent = root) => {
      const group = shape(parent.command(name))
        .description(words.say(`help.${name}.about`))
        .usage(words.say('usage.group'))
        .argument('[typed...]');
      // Without one of its commands a group has nothing to do: that is wrong usage and not a wish for help.
      return group.action(() => {
        const [unknown] = group.args;
        throw new UsageError(
          words.say(unknown === undefined ? 'usage.which' : 'usage.unknownCommand', { value: unknown ?? pathOf(group) }),
        );
      });
    },
    command(parent, name, pattern, act) {
      const command = shape((parent ?? root).command(name));
      const key = parent === null ? `help.${name}` : `help.${parent.name()}.${name}`;
      return command
        .description(words.say(key))
        .usage(`${pattern === '' ? '' : `${pattern} `}[${words.say('usage.options')}]`)
        .argument('[typed...]')
        .action(() => {
          chosen.value = { act, input: readInput(command, pattern, words), options: readGlobals(root) };
        });
    },
  };
  for (const add of [
    addDeviceCommands,
    addEuiccCommands,
    addProfileCommands,
    addNotificationCommands,
    addModemCommands,
    addAtCommands,
    addSmsCommands,
    addUssdCommand,
    addApduCommand,
    addAccountCommands,
    addLineCommands,
    addRenewCommand,
    addOrderCommands,
    addWebCommand,
  ]) {
    add(kit);
  }
  root.action(() => {
    const [unknown] = root.args;
    if (unknown !== undefined) throw new UsageError(words.say('usage.unknownCommand', { value: unknown }));
    root.outputHelp();
  });
  try {
    root.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return null;
      throw toUsageError(error, words);
    }
    throw error;
  }
  return chosen.value;
}

/** `leb modem pin` */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** An option that may be given more than once. */
function collect(value: string, former: readonly string[]): string[] {
  return [...former, value];
}

function readGlobals(root: Command): GlobalOptions {
  const options = root.opts<{
    json?: boolean;
    lang?: 'en' | 'zh-CN';
    dataDir?: string;
    simulate?: boolean;
    serial: string[];
    ca: string[];
    trace?: string;
    traceSecrets?: boolean;
  }>();
  return {
    json: options.json === true,
    lang: options.lang ?? null,
    dataDir: options.dataDir ?? null,
    simulate: options.simulate === true,
    serial: options.serial,
    ca: options.ca,
    trace: options.trace ?? null,
    traceSecrets: options.traceSecrets === true,
  };
}

/** Commander speaks English only; what it complains about stands in quotes. */
function toUsageError({ code, message }: CommanderError, words: Words): UsageError {
  const value = /'([^']*)'/u.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownOption':
      return new UsageError(words.say('usage.unknownOption', { value }));
    case 'commander.unknownCommand':
      return new UsageError(words.say('usage.unknownCommand', { value }));
    case 'commander.optionMissingArgument':
      return new UsageError(words.say('usage.optionValue', { value }));
    case 'commander.missingMandatoryOptionValue':
      return new UsageError(words.say('usage.mandatoryOption', { value }));
    case 'commander.invalidArgument':
      return new UsageError(words.say('usage.optionChoice', { value }));
    default:
      return new UsageError(words.say('usage.wrong'));
  }
}
