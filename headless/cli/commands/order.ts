import type { Order } from '#contract/account/index.ts';
import type { Kit } from '../command-kit.ts';
import { findOrder, readSignedIn } from '../signed-in.ts';
import { formatDate, formatMoney, formatTime, orNone } from '../text.ts';
import type { Words } from '../words.ts';

export function addOrderCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('order');
  kit.command(group, 'list', '', async (terminal) => {
    const opened = await terminal.open('none');
    const { orders } = await readSignedIn(opened, terminal);
    const { table } = await import('../table.ts');
    const head = ['order', 'date', 'period', 'price', 'state', 'newEnd'].map((name) => words.say(`column.${name}`));
    return {
      data: orders,
      text:
        orders.length === 0
          ? words.say('none.orders')
          : table(
              head,
              orders.map((order) => orderRow(words, order)),
            ),
    };
  });
  kit.command(group, 'show', 'ORDER', async (terminal, { required }) => {
    const opened = await terminal.open('none');
    const order = findOrder((await readSignedIn(opened, terminal)).orders, required('ORDER'));
    const { pairs } = await import('../table.ts');
    return { data: order, text: pairs(orderPairs(words, order)) };
  });
  kit.command(group, 'cancel', 'ORDER', async (terminal, { required }) => {
    const opened = await terminal.open('none');
    const { orderId } = findOrder((await readSignedIn(opened, terminal)).orders, required('ORDER'));
    const { order } = await opened.desk.renewal.cancel({ orderId });
    return { data: order, text: words.say('done.orderCancelled', { number: order.number }) };
  });
}

function orderRow(words: Words, order: Order): readonly string[] {
  return [
    order.number,
    formatDate(words, order.createdAt),
    words.say(`period.${order.quote.period}`),
    formatMoney(words, order.quote.total),
    words.say(`orderState.${order.state}`),
    formatDate(words, order.quote.newEnd),
  ];
}

function orderPairs(words: Words, order: Order): readonly (readonly [string, string])[] {
  const { quote, paymentMethod } = order;
  const method = paymentMethod === null ? null : [words.say(`method.${paymentMethod.kind}`), paymentMethod.brand, paymentMethod.last4];
  return [
    [words.say('column.order'), order.number],
    [words.say('column.state'), words.say(`orderState.${order.state}`)],
    [words.say('column.period'), words.say(`period.${quote.period}`)],
    [words.say('column.price'), formatMoney(words, quote.total)],
    ...(quote.promotion === null ? [] : [[words.say('field.promotion'), quote.promotion.code] as const]),
    [words.say('field.method'), orNone(words, method?.filter((part) => part !== null).join(' '))],
    [words.say('column.date'), formatTime(words, order.createdAt)],
    [words.say('field.paid'), formatTime(words, order.paidAt)],
    [words.say('field.verified'), formatTime(words, order.verifiedAt)],
    [words.say('field.endBefore'), formatDate(words, order.before.validUntil)],
    [words.say('field.endAfter'), formatDate(words, order.after?.validUntil ?? null)],
    ...(order.lastFailure === null ? [] : [[words.say('field.lastFailure'), words.say(`payment.${order.lastFailure.reason}`)] as const]),
    ...order.messages.map(
      ({ channel, to, state }) => [words.say(`channel.${channel}`), `${to}  ${words.say(`messageState.${state}`)}`] as const,
    ),
  ];
}
