import type { MessagesSnapshot, TextMessage } from '#contract/desk/messages.ts';

const deviceId = 'serial:/dev/ttyUSB2';

const received: TextMessage = {
  messageId: 'm1',
  direction: 'received',
  deviceId,
  iccid: '8944990000004821602',
  number: 'LEB',
  text: 'LEB: LEB Europe is renewed until 6 September 2026. Order LEB-26-004817.',
  data: null,
  at: new Date(Date.now() - 3_600_000).toISOString(),
  parts: 1,
  missing: [],
  state: 'received',
  partsSent: 0,
  unread: true,
  stored: true,
  orderNumber: 'LEB-26-004817',
  problem: null,
};
const sent: TextMessage = { ...received, direction: 'sent', number: '+447700900321', unread: false, stored: false, orderNumber: null };

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A confirmation, a friend, a text in parts of which one is missing, and what became of two that were sent; the SIM is full. */
export function makeStageMessages(): MessagesSnapshot {
  return {
    messages: [
      received,
      { ...received, messageId: 'm2', number: '+447700900321', text: '明天见！😀', orderNumber: null, at: ago(5) },
      { ...sent, messageId: 'm3', text: 'See you tomorrow at nine', state: 'delivered', partsSent: 1, at: ago(6) },
      {
        ...received,
        messageId: 'm4',
        number: 'Harbour',
        text: 'Welcome to',
        parts: 3,
        missing: [2, 3],
        orderNumber: null,
        unread: false,
        at: ago(30),
      },
      {
        ...sent,
        messageId: 'm5',
        text: 'This one did not go through',
        state: 'failed',
        at: ago(50),
        problem: { code: 'CMS_ERROR', details: { code: 331 } },
      },
    ],
    storages: [
      { deviceId, name: 'SM', used: 10, total: 10 },
      { deviceId, name: 'ME', used: 0, total: 50 },
    ],
  };
}
