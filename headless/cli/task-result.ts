import type { Delivery, Task } from '#contract/desk/tasks.ts';
import type { Terminal } from './terminal.ts';
import { formatList, plain } from './text.ts';
import type { Words } from './words.ts';

/** What belongs to the result of a task besides what was wanted: network, notifications, and who vouched for the servers. */
export function resultLines(terminal: Terminal, task: Task): readonly string[] {
  const { words } = terminal;
  return [
    ...noticed(words, task),
    ...registered(words, task),
    ...delivered(words, task.deliveries),
    ...(task.testRoots ? [trustLine(terminal)] : []),
  ];
}

/** The same for machines. */
export function resultData(
  { options }: Terminal,
  { refreshedBy, deliveries, testRoots }: Task,
): Pick<Task, 'refreshedBy' | 'deliveries' | 'testRoots'> & {
  readonly trustedBy: readonly string[];
} {
  return { refreshedBy, deliveries, testRoots, trustedBy: testRoots ? options.ca : [] };
}

/** Said wherever a server was trusted without the GSMA. */
export function trustLine({ words, options }: Terminal): string {
  return options.ca.length === 0
    ? words.say('note.testRoot')
    : words.say('note.trustedBy', { files: plain(formatList(words, options.ca)) });
}

/** A reader has noticed by its power cycle, which is not worth a word. */
function noticed(words: Words, { refreshedBy }: Task): readonly string[] {
  return refreshedBy === null || refreshedBy === 'powerCycle' ? [] : [words.say(`done.noticed.${refreshedBy}`)];
}

function registered(words: Words, { modem }: Task): readonly string[] {
  if (modem === null) return [];
  const operator = modem.operator?.name ?? modem.operator?.mccMnc ?? null;
  const state = words.say(`registration.${modem.registration.state}`);
  return [operator === null ? state : words.say('done.registered', { operator: plain(operator), state })];
}

/** Those that arrived are counted; of the others each is worth a line. */
function delivered(words: Words, deliveries: readonly Delivery[]): readonly string[] {
  const count = deliveries.filter(({ state }) => state === 'delivered').length;
  const waiting = deliveries.filter(({ state }) => state === 'queued');
  return [
    ...(count === 0 ? [] : [words.say('done.delivered', { count })]),
    ...waiting.map(({ address, event, problem }) => {
      const why = problem === null ? '' : words.error(problem.code, problem.details).sentence;
      return words.say('done.queued', { event: words.say(`event.${event}`), address: plain(address), why }).trimEnd();
    }),
  ];
}
