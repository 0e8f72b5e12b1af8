import type { Allowance, Line, RenewalOption } from '#contract/account/index.ts';
import type { Kit } from '../command-kit.ts';
import { findLine, readSignedIn } from '../signed-in.ts';
import { formatBytes, formatDate, formatMoney, formatNumber, formatTime, orNone } from '../text.ts';
import type { Words } from '../words.ts';

/** `leb line …`, `leb plan list` and `leb usage`: what the account has, and what it could have. */
export function addLineCommands(kit: Kit): void {
  const { words } = kit;
  const plans = kit.group('plan');
  kit.command(plans, 'list', '[LINE]', async (terminal, { given }) => {
    const opened = await terminal.open('none');
    const { lines } = await readSignedIn(opened, terminal);
    const wanted = given('LINE') === null ? lines : [findLine(words, lines, given('LINE'))];
    const offers = [];
    for (const line of wanted) offers.push({ line, ...(await opened.desk.renewal.options({ lineId: line.lineId })) });
    const { table } = await import('../table.ts');
    const head = ['line', 'plan', 'period', 'price', 'perMonth', 'saving', 'newEnd'].map((name) => words.say(`column.${name}`));
    const rows = offers.flatMap(({ line, options }) => options.map((option) => offerRow(words, line, option)));
    return {
      data: offers.map(({ line, options, promotions }) => ({ lineId: line.lineId, msisdn: line.msisdn, options, promotions })),
      text: rows.length === 0 ? words.say('none.plans') : table(head, rows),
    };
  });

  const group = kit.group('line');
  kit.command(group, 'list', '', async (terminal) => {
    const opened = await terminal.open('none');
    const { lines } = await readSignedIn(opened, terminal);
    const { table } = await import('../table.ts');
    const head = ['line', 'name', 'plan', 'state', 'until', 'dataLeft', 'voiceLeft'].map((name) => words.say(`column.${name}`));
    return {
      data: lines,
      text:
        lines.length === 0
          ? words.say('none.lines')
          : table(
              head,
              lines.map((line) => lineRow(words, line)),
            ),
    };
  });
  kit.command(group, 'show', '[LINE]', async (terminal, { given }) => {
    const opened = await terminal.open('none');
    const line = findLine(words, (await readSignedIn(opened, terminal)).lines, given('LINE'));
    const { pairs } = await import('../table.ts');
    return { data: line, text: pairs(linePairs(words, line)) };
  });
  kit.command(null, 'usage', '[LINE]', async (terminal, { given }) => {
    const opened = await terminal.open('none');
    const { lines } = await readSignedIn(opened, terminal);
    const wanted = given('LINE') === null ? lines : [findLine(words, lines, given('LINE'))];
    const { pairs } = await import('../table.ts');
    return {
      data: wanted.map(({ lineId, msisdn, validUntil, data, voice, sms, usagePerDay, asOf }) => ({
        lineId,
        msisdn,
        validUntil,
        data,
        voice,
        sms,
        usagePerDay,
        asOf,
      })),
      text: wanted.length === 0 ? words.say('none.lines') : wanted.map((line) => pairs(usagePairs(words, line))).join('\n\n'),
    };
  });
}

function offerRow(words: Words, line: Line, option: RenewalOption): readonly string[] {
  return [
    line.msisdn,
    option.planId === line.plan.planId ? `${line.plan.name} (${option.planId})` : option.planId,
    words.say(`period.${option.period}`),
    formatMoney(words, option.total),
    formatMoney(words, option.perMonth),
    option.savingPercent === 0 ? words.say('value.none') : `${formatNumber(words, option.savingPercent)}%`,
    formatDate(words, option.newEnd),
  ];
}

function lineRow(words: Words, line: Line): readonly string[] {
  return [
    line.msisdn,
    orNone(words, line.nickname),
    line.plan.name,
    words.say(`lineState.${line.state}`),
    formatDate(words, line.validUntil),
    left(words, line.data, (value) => formatBytes(words, value)),
    left(words, line.voice, (value) => minutes(words, value)),
  ];
}

function linePairs(words: Words, line: Line): readonly (readonly [string, string])[] {
  return [
    [words.say('column.line'), line.msisdn],
    [words.say('column.name'), orNone(words, line.nickname)],
    ['ICCID', line.iccid],
    [words.say('column.plan'), `${line.plan.name} (${line.plan.planId})`],
    [words.say('column.state'), words.say(`lineState.${line.state}`)],
    [words.say('field.from'), formatDate(words, line.validFrom)],
    [words.say('column.until'), formatDate(words, line.validUntil)],
    ...usagePairs(words, line).slice(1),
  ];
}

function usagePairs(words: Words, line: Line): readonly (readonly [string, string])[] {
  const used = (days: number): number => line.usagePerDay.slice(-days).reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    [words.say('column.line'), line.msisdn],
    [words.say('column.dataLeft'), ofTotal(words, line.data, (value) => formatBytes(words, value))],
    [words.say('column.voiceLeft'), ofTotal(words, line.voice, (value) => minutes(words, value))],
    [words.say('field.smsLeft'), ofTotal(words, line.sms, (value) => formatNumber(words, value))],
    [words.say('field.used7'), formatBytes(words, used(7))],
    [words.say('field.used30'), formatBytes(words, used(30))],
    [words.say('field.asOf'), formatTime(words, line.asOf)],
  ];
}

function minutes(words: Words, value: number): string {
  return new Intl.NumberFormat(words.language, { style: 'unit', unit: 'minute' }).format(value);
}

function left(words: Words, allowance: Allowance, format: (value: number) => string): string {
  if (allowance.unlimited) return words.say('value.unlimited');
  return allowance.left === null ? words.say('value.none') : format(allowance.left);
}

function ofTotal(words: Words, allowance: Allowance, format: (value: number) => string): string {
  const rest = left(words, allowance, format);
  return allowance.unlimited || allowance.total === null
    ? rest
    : words.say('value.ofTotal', { left: rest, total: format(allowance.total) });
}
