import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { toAddress } from './address.ts';
import { assembleParts } from './assemble-parts.ts';
import { dataCodingOf } from './data-coding.ts';
import { decodeTpdu } from './decode-tpdu.ts';
import { encodeSubmit } from './encode-submit.ts';
import { encodeTpdu } from './encode-tpdu.ts';
import type { DeliverMessage, SmsMessage } from './sms-message.ts';
import { decodePdu, encodePdu } from './sms-pdu.ts';
import { planText } from './text-plan.ts';
import { concatenationElement, describeElements } from './user-data-header.ts';
import type { UserData } from './user-data.ts';

const smsc = '0891683108100005F0';
/** From 10010, at 09:00 in China, "SMS" in three septets. */
const deliver = '0405810110F000006221809000002303D3E614';

const plain = (text: string): UserData => ({
  alphabet: 'gsm7',
  compressed: false,
  header: null,
  content: Uint8Array.from(text, (character) => character.charCodeAt(0)),
  text,
  cut: false,
});

const delivered = (userData: UserData): DeliverMessage => ({
  type: 'deliver',
  originator: toAddress('10010'),
  protocol: 0,
  dataCoding: dataCodingOf('gsm7'),
  timestamp: '2026-12-08T09:00:00+08:00',
  userData,
  moreMessages: false,
  loopPrevention: false,
  replyPath: false,
  statusReportIndication: false,
});

describe('a PDU', () => {
  it('is read with its service centre, and without', () => {
    const whole = decodePdu(smsc + deliver);
    expect(whole).toEqual({ smsc: toAddress('+8613800100500'), message: delivered(plain('SMS')), tpduLength: 19 });
    expect(decodePdu(deliver)).toEqual({ ...whole, smsc: null });
    expect(decodePdu(`00${deliver}`)).toEqual({ ...whole, smsc: null });
    expect(encodePdu(whole.smsc, whole.message)).toEqual({ hex: smsc + deliver, tpduLength: 19 });
  });

  it('may be filled up, and wrapped', () => {
    expect(decodePdu(`${smsc}\n${deliver} FFFFFFFF`).message).toEqual(delivered(plain('SMS')));
  });

  it('that was cut in the middle of an octet keeps what came of its text', () => {
    const { message } = decodePdu(`${smsc}${deliver}`.slice(0, -1));
    expect(message.userData).toMatchObject({ text: 'SM', cut: true });
    expect(() => decodePdu(`${smsc}${deliver}`.slice(0, -2))).toThrow(/"userDataLength","at":24/);
  });

  it.each([
    ['', 'cut', 0],
    ['hello', 'hex', 0],
    [`${smsc}07`, 'type', 9],
    [`${smsc}0415`, 'address', 10],
    [`${smsc}${deliver.slice(0, 20)}`, 'cut', 17],
    [`${smsc}44${deliver.slice(2)}`, 'userDataHeader', 25],
    ['0'.repeat(1026), 'hex', 512],
  ])('%s is refused', (hex, reason, at) => {
    expect(() => decodePdu(hex)).toThrow(`SMS_PDU_INVALID {"reason":"${reason}","at":${at}`);
  });

  it('takes a length that no message can have as "to the end"', () => {
    expect(decodePdu(`${smsc}0405810110F0000862218090000023FF77ED4FE1`).message.userData).toMatchObject({ text: '短信', cut: true });
  });
});

it('every type comes back as it was written', () => {
  const reported = { protocol: 0, dataCoding: dataCodingOf('gsm7'), userData: plain('why') };
  const nothing = { protocol: null, dataCoding: null, userData: null };
  const data: UserData = { alphabet: 'data8', compressed: false, header: null, content: hexToBytes('00FF'), text: null, cut: false };
  const part = describeElements([concatenationElement({ reference: 300, wide: true, parts: 2, part: 2 })]);
  const cases: readonly (readonly [SmsMessage, 'toMobile' | 'fromMobile'])[] = [
    [delivered({ ...plain('second'), header: part }), 'toMobile'],
    [{ ...delivered(plain('')), moreMessages: true, replyPath: true, timestamp: null }, 'toMobile'],
    [
      {
        type: 'submit',
        messageReference: 9,
        destination: toAddress('+8613912345678'),
        protocol: 0,
        dataCoding: dataCodingOf('data8', 1),
        validity: { format: 'enhanced', functionalityIndicator: 1, seconds: 300, singleShot: false },
        userData: data,
        rejectDuplicates: true,
        statusReportRequest: true,
        replyPath: false,
      },
      'fromMobile',
    ],
    [
      {
        type: 'statusReport',
        messageReference: 9,
        recipient: toAddress('+8613912345678'),
        timestamp: '2026-12-08T09:00:00+08:00',
        dischargeTime: '2026-12-08T09:00:05+08:00',
        status: 0,
        moreMessages: false,
        loopPrevention: true,
        statusReportQualifier: false,
        ...nothing,
      },
      'toMobile',
    ],
    [{ type: 'deliverReport', failureCause: 0xd3, ...reported }, 'fromMobile'],
    [{ type: 'submitReport', failureCause: 0xc0, timestamp: '2026-12-08T09:00:00+08:00', ...reported }, 'toMobile'],
    [
      {
        type: 'command',
        messageReference: 1,
        protocol: 0,
        commandType: 2,
        messageNumber: 9,
        destination: toAddress('10010'),
        userData: data,
        statusReportRequest: true,
      },
      'fromMobile',
    ],
  ];
  for (const [message, direction] of cases) expect(decodeTpdu(encodeTpdu(message), { direction })).toEqual(message);
  const taken: SmsMessage = { type: 'deliverReport', failureCause: null, ...nothing };
  expect(bytesToHex(encodeTpdu(taken))).toBe('0000');
  expect(decodeTpdu(encodeTpdu(taken), { direction: 'fromMobile', acknowledges: true })).toEqual(taken);
});

describe('a text', () => {
  it.each([
    ['a'.repeat(160), 'gsm7', [160], 0],
    ['a'.repeat(161), 'gsm7', [153, 8], 145],
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, 'gsm7', [152, 11], 141],
    ['信'.repeat(70), 'ucs2', [70], 0],
    [`${'信'.repeat(66)}😀信信信`, 'ucs2', [66, 5], 62],
    ['', 'gsm7', [0], 160],
  ])('case %# is coded and split', (text, alphabet, lengths, left) => {
    const plan = planText(text);
    expect(plan.alphabet).toBe(alphabet);
    expect(plan.parts.map((part) => part.length)).toEqual(lengths);
    expect(plan.parts.join('')).toBe(text);
    expect(plan.unitsLeft).toBe(left);
  });

  it('takes a national table where that saves a part, and only if it may', () => {
    const turkish = 'İşık '.repeat(25);
    expect(planText(turkish)).toMatchObject({ alphabet: 'gsm7', tables: { locking: 'turkish', singleShift: null }, parts: [turkish] });
    expect(planText(turkish, { languages: [] })).toMatchObject({ alphabet: 'ucs2' });
    expect(planText('İşık').alphabet).toBe('ucs2');
    expect(planText('İşık', { alphabet: 'gsm7' })).toMatchObject({ alphabet: 'gsm7' });
    expect(() => planText('信', { alphabet: 'gsm7' })).toThrow(/SMS_NOT_ENCODABLE.*"alphabet"/);
    expect(() => planText('a'.repeat(153 * 255 + 1), { alphabet: 'gsm7' })).toThrow(/"tooLong"/);
  });

  it.each(['', 'a friend', '+86 139 O0O0 5678'])('does not go to "%s"', (to) => {
    expect(() => encodeSubmit('hello', { to, concatenationReference: 0 })).toThrow(/SMS_NOT_ENCODABLE.*"number"/);
  });

  it('becomes PDUs that read the same', () => {
    const text = `${'Türkçe ışık '.repeat(20)}€`;
    const parts = encodeSubmit(text, {
      to: '+8613912345678',
      smsc: '+8613800100500',
      concatenationReference: 300,
      wideReference: true,
      validity: { format: 'relative', seconds: 3600 },
      statusReport: true,
    });
    const read = parts.map(({ hex, tpduLength }) => {
      const pdu = decodePdu(hex);
      expect(pdu.tpduLength).toBe(tpduLength);
      return { message: pdu.message };
    });
    const [first] = read;
    expect(first?.message).toMatchObject({ type: 'submit', statusReportRequest: true, validity: { seconds: 3600 } });
    expect(assembleParts(read)).toMatchObject([{ text, missing: [], duplicates: [] }]);
  });
});

describe('parts', () => {
  const part = (text: string, number: number, reference = 7): { readonly message: SmsMessage } => ({
    message: delivered({
      ...plain(text),
      header: describeElements([concatenationElement({ reference, wide: false, parts: 3, part: number })]),
    }),
  });
  const single = { message: delivered(plain('alone')) };

  it('come in any order and more than once', () => {
    const [one, two, three] = [part('one ', 1), part('two ', 2), part('three', 3)];
    expect(assembleParts([three, single, one, two, one])).toEqual([
      { entries: [one, two, three], duplicates: [one], missing: [], text: 'one two three' },
      { entries: [single], duplicates: [], missing: [], text: 'alone' },
    ]);
  });

  it('that are missing are told', () => {
    expect(assembleParts([part('three', 3)])).toMatchObject([{ missing: [1, 2], text: 'three' }]);
  });

  it('of a later message with the same reference are its own', () => {
    const entries = [part('a', 1), part('b', 2), part('c', 3), part('x', 1), part('y', 2), part('z', 3), part('other', 1, 8)];
    expect(assembleParts(entries).map(({ text }) => text)).toEqual(['abc', 'xyz', 'other']);
  });

  it('heal a character that was cut in two', () => {
    const halves = [hexToBytes('4F60D83D'), hexToBytes('DE00')].map((content, index) => ({
      message: delivered({
        alphabet: 'ucs2',
        compressed: false,
        header: describeElements([concatenationElement({ reference: 1, wide: false, parts: 2, part: index + 1 })]),
        content,
        text: 'half',
        cut: false,
      }),
    }));
    expect(assembleParts(halves)).toMatchObject([{ text: '你😀' }]);
  });
});
