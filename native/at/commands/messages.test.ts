import { describe, expect, it } from 'vitest';
import { createMessageNewsReader } from './message-news.ts';
import { sendMessageCommand } from './message-send.ts';
import { chooseStorageCommand, messageNewsCommand, messageServiceCommand, messageStoragesCommand } from './message-settings.ts';
import { listMessagesCommand, readMessageCommand } from './message-storage.ts';
import { decodeUssdNews } from './ussd.ts';

describe('commands for messages', () => {
  it('lists what a storage holds, whatever the header leaves out', () => {
    const lines = ['+CPMS: 2,20,0,50,0,50', '+CMGL: 1,0,,24', '07AB', '+CMGL: 2,1,"",24', '07cd', '+CMGL: 7,3,,', '+CMGL: x,1,,2', '00'];
    expect(listMessagesCommand.decode(lines)).toEqual([
      { index: 1, state: 'unread', pdu: '07AB' },
      { index: 2, state: 'read', pdu: '07CD' },
    ]);
    expect(chooseStorageCommand.decode(lines)).toEqual({ used: 2, total: 20 });
  });

  it.each([
    [['+CMGR: 0,,24', '07ab'], { state: 'unread', pdu: '07AB' }],
    [['+CMGR: 0,,0'], null],
    [[], null],
  ])('reads one place: %j', (lines, expected) => {
    expect(readMessageCommand.decode(lines)).toEqual(expected);
  });

  it.each([
    ['+CPMS: ("SM","ME","MT"),("SM","ME"),("SM")', ['SM', 'ME', 'MT']],
    ['+CPMS: ("SM"),("SM"),("SM")', ['SM']],
    ['+CPMS: "SM","SM","SM"', ['SM']],
  ])('finds the storages in %s', (line, expected) => {
    expect(messageStoragesCommand.decode([line])).toEqual(expected);
  });

  it('reads references, services and refuses what is neither', () => {
    expect(sendMessageCommand.decode(['0011AA', '+CMGS: 200'])).toBe(200);
    expect(messageServiceCommand.decode(['+CSMS: 1,1,1,1'])).toBe('acknowledged');
    expect(messageNewsCommand.encode({ mode: 2, reports: 1 })).toBe('AT+CNMI=2,1,0,1,0');
    expect(() => sendMessageCommand.decode(['+CMGS: 256'])).toThrow('AT_ANSWER');
    expect(() => messageServiceCommand.decode([])).toThrow('AT_ANSWER');
    expect(() => chooseStorageCommand.decode(['+CPMS: 1'])).toThrow('AT_ANSWER');
  });
});

describe('news of messages', () => {
  it.each([
    [['+CMTI: "SM",3'], [{ kind: 'stored', storage: 'SM', index: 3 }]],
    [['+CDSI: "SR",1'], [{ kind: 'stored', storage: 'SR', index: 1 }]],
    [['+CMT: ,24', '07ab'], [{ kind: 'direct', pdu: '07AB' }]],
    [['+CMT: "",24', '+CREG: 1', '07AB'], []],
    [['+CDS: 25', '0006'], [{ kind: 'direct', pdu: '0006' }]],
    [['+CMTI: "SM"', '+CMTI: 3', 'RING'], []],
  ])('%j', (lines, expected) => {
    const reader = createMessageNewsReader();
    expect(lines.flatMap((line) => reader.note(line) ?? [])).toEqual(expected);
  });
});

it.each([
  [['+CUSD: 1,"1. Balance', '2. Plan",15'], { state: 'answerExpected', text: '1. Balance\n2. Plan', dataCoding: 15 }],
  [['+CUSD: 2'], { state: 'ended', text: '', dataCoding: null }],
  [['+CUSD: 0, "A, B",72'], { state: 'done', text: 'A, B', dataCoding: 72 }],
  [['+CUSD: 9,"x"'], null],
  [['+CREG: 1'], null],
])('reads what the network says: %j', (lines, expected) => {
  expect(decodeUssdNews(lines)).toEqual(expected);
});
