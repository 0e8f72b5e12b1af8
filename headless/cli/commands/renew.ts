import type { Period } from '#contract/common.ts';
import type { Proof, Renewal } from '#contract/desk/account.ts';
import { LebError } from '#contract/errors.ts';
import type { Input, Kit } from '../command-kit.ts';
import { toTableError } from '../failure.ts';
import { findLine, readSignedIn } from '../signed-in.ts';
import type { Desk, OpenedDesk, Outcome, Terminal } from '../terminal.ts';
import { formatDate, formatMoney, plain, styled } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** After the order is verified the chip and the network are looked at for so long; the renewal itself no longer depends on them. */
const lookDeadline = 20_000;
// The contract's own list would load its whole schema library for `leb --help`.
const periods: readonly Period[] = ['month', 'quarter', 'year'];
const nodes = ['account', 'carrier', 'chip', 'network'] as const;

export function addRenewCommand(kit: Kit): void {
  const { words } = kit;
  kit
    .command(null, 'renew', 'LINE', renew)
    .requiredOption('--period <month|quarter|year>', words.say('option.period'))
    .option('--plan <PLAN>', words.say('option.plan'))
    .option('--promo <CODE>', words.say('option.promo'))
    .option('--no-open', words.say('option.noOpen'));
}

async function renew(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words, progress, interrupted } = terminal;
  const period = periods.find((name) => name === input.option('period'));
  if (period === undefined) throw new UsageError(words.say('usage.optionChoice', { value: '--period <month|quarter|year>' }));
  let mayOpen = input.flag('open');
  const opened = await terminal.open('all', { openPages: () => mayOpen });
  const { desk } = opened;
  const line = findLine(words, (await readSignedIn(opened, terminal)).lines, input.required('LINE'));
  const quote = await desk.renewal.quote({
    lineId: line.lineId,
    planId: input.option('plan') ?? line.plan.planId,
    period,
    promotionCode: input.option('promo'),
  });
  if (interrupted.aborted) throw new LebError('CANCELLED');
  const { renewal, opened: inBrowser } = await desk.renewal.start({ quote });
  // A page opens by itself once, for the command that the person has just given.
  mayOpen = false;
  const { orderId, number } = renewal.order;
  const values = { number, total: formatMoney(words, quote.total), until: formatDate(words, quote.newEnd) };
  progress.note(words.say('renew.made', values));
  progress.note(words.say(inBrowser ? 'renew.pageOpened' : 'renew.page', { url: renewal.pageUrl ?? '' }));
  const last = await followOrder(terminal, opened, orderId);
  const data = { order: last.order, phase: last.phase, chain: last.chain, device: last.device };
  switch (last.phase) {
    case 'verified':
      return { data, text: terminal.options.json ? '' : describe(words, last) };
    case 'waiting':
    case 'failed':
      progress.note(words.say('renew.staysOpen', { number }));
      throw new LebError('CANCELLED', { orderId, number, state: last.order.state });
    case 'applying':
      progress.note(words.say('renew.goesOn', { number }));
      throw new LebError('CANCELLED', { orderId, number, state: last.order.state });
    case 'cancelled':
    case 'expired':
    case 'refunded':
      throw new LebError('ORDER_CLOSED', { orderId, number, state: last.order.state });
    default:
      return last.phase satisfies never;
  }
}

/** Shows what happens until the order is over, or until Ctrl-C. */
async function followOrder(terminal: Terminal, { desk }: OpenedDesk, orderId: string): Promise<Renewal> {
  const { words, progress, interrupted } = terminal;
  const looking = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let last: Renewal | null = null;
  let toldFailure: string | null = null;
  try {
    for await (const renewal of await desk.renewal.watch({ orderId }, { signal: AbortSignal.any([interrupted, looking.signal]) })) {
      last = renewal;
      const { lastFailure } = renewal.order;
      if (renewal.phase === 'failed' && lastFailure !== null && lastFailure.at !== toldFailure) {
        toldFailure = lastFailure.at;
        progress.note(words.say('renew.failed', { reason: words.say(`payment.${lastFailure.reason}`) }));
        await showPageAgain(terminal, desk, orderId);
      }
      if (renewal.phase === 'waiting') progress.begin(words.say('renew.waiting'));
      if (renewal.phase === 'applying') progress.begin(words.say('renew.applying'));
      if (renewal.phase === 'verified') {
        if (isSeen(renewal.chain.chip) && isSeen(renewal.chain.network)) break;
        progress.begin(words.say('renew.looking'));
        timer ??= setTimeout(() => looking.abort(), lookDeadline);
      }
    }
  } finally {
    if (timer !== null) clearTimeout(timer);
    looking.abort();
  }
  progress.end(last?.phase === 'verified' ? 'done' : 'failed');
  if (last === null) throw new LebError('CANCELLED', { orderId });
  return last;
}

/** The page that can be paid on now. Without it the order is still followed: the person may have just paid on the former one. */
async function showPageAgain({ words, progress }: Terminal, desk: Desk, orderId: string): Promise<void> {
  try {
    progress.note(words.say('renew.page', { url: (await desk.renewal.openPage({ orderId, fresh: false })).url }));
  } catch (error) {
    const { code } = toTableError(error);
    if (code !== 'ORDER_CLOSED') progress.note(words.error(code).sentence);
  }
}

/** Nothing more will be known of this node by waiting. */
function isSeen({ state, problem, evidence }: Proof): boolean {
  if (state === 'waiting') return problem !== null;
  return state !== 'unknown' || evidence['reason'] !== 'reading';
}

function describe(words: Words, { order, chain }: Renewal): string {
  const marks = { proven: styled('green', '✓'), failed: styled('red', '✗') } as const;
  const lines = nodes.map((node) => {
    const { state, evidence, problem } = chain[node];
    const mark = state === 'proven' || state === 'failed' ? marks[state] : styled('dim', '–');
    const facts = Object.values(evidence)
      .filter((value) => typeof value === 'string' && value !== '')
      .map((value) => plain(String(value)));
    const why = problem === null ? words.say(`proof.${state}`) : words.error(problem.code, problem.details).sentence;
    return `${mark} ${words.say(`node.${node}`)}: ${why}${node === 'chip' || node === 'network' ? ` ${styled('dim', facts.join(', '))}`.trimEnd() : ''}`;
  });
  return [
    styled(
      'bold',
      words.say('renew.done', { until: formatDate(words, order.after?.validUntil ?? order.quote.newEnd), number: order.number }),
    ),
    ...lines,
  ].join('\n');
}
