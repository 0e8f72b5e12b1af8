import type { Command } from 'commander';
import type { Outcome, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

/** What was typed for one command. */
export type Input = {
  /** An argument by its name; null where it may be left out and was. */
  readonly given: (name: string) => string | null;
  /** An argument that must be there. */
  readonly required: (name: string) => string;
  /** The arguments that follow all named ones. */
  readonly rest: readonly string[];
  readonly option: (name: string) => string | null;
  readonly flag: (name: string) => boolean;
};

export type Act = (terminal: Terminal, input: Input) => Promise<Outcome>;

/** How a group adds its commands. */
export type Kit = {
  readonly words: Words;
  /** A group that has commands of its own: `leb profile …`, `leb modem pin …`. Its description is `help.<name>.about`. */
  group(name: string, parent?: Command): Command;
  /**
   * A command under `parent`, or at the top where that is null. `pattern` is its usage: `[DEVICE] PROFILE NAME`, `COMMAND…`.
   * Its description is the text under `help.<group>.<name>` or `help.<name>`.
   */
  command(parent: Command | null, name: string, pattern: string, act: Act): Command;
};

const devicePattern = /^(?:pcsc|serial):./u;

/** @throws UsageError where arguments are missing or too many */
export function readArguments(pattern: string, typed: readonly string[], words: Words): Pick<Input, 'given' | 'required' | 'rest'> {
  const slots = pattern === '' ? [] : pattern.split(' ');
  const queue = [...typed];
  const found = new Map<string, string>();
  let rest: readonly string[] = [];
  const requiredAfter = (index: number): number => slots.slice(index + 1).filter((slot) => !slot.startsWith('[')).length;
  for (const [index, slot] of slots.entries()) {
    const name = slot.replaceAll(/[[\]…]/gu, '');
    if (slot.includes('…')) {
      rest = queue.splice(0);
      if (rest.length === 0 && !slot.startsWith('[')) throw new UsageError(words.say('usage.missing', { name }));
    } else if (slot.startsWith('[')) {
      const fits = name === 'DEVICE' ? devicePattern.test(queue[0] ?? '') : queue.length > requiredAfter(index);
      const value = fits ? queue.shift() : undefined;
      if (value !== undefined) found.set(name, value);
    } else {
      const value = queue.shift();
      if (value === undefined) throw new UsageError(words.say('usage.missing', { name }));
      found.set(name, value);
    }
  }
  const [extra] = queue;
  if (extra !== undefined) {
    throw new UsageError(
      words.say(pattern.startsWith('[DEVICE]') && !found.has('DEVICE') ? 'usage.device' : 'usage.extra', { value: extra }),
    );
  }
  return {
    given: (name) => found.get(name) ?? null,
    required(name) {
      const value = found.get(name);
      if (value === undefined) throw new UsageError(words.say('usage.missing', { name }));
      return value;
    },
    rest,
  };
}

export function readInput(command: Command, pattern: string, words: Words): Input {
  const values = command.opts<Record<string, unknown>>();
  return {
    ...readArguments(pattern, command.args, words),
    option: (name) => (typeof values[name] === 'string' ? values[name] : null),
    flag: (name) => values[name] === true,
  };
}
