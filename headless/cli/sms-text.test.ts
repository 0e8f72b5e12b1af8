import { describe, expect, it } from 'vitest';
import { encodePdu, decodePdu } from '#native/sms/sms-pdu.ts';
import { toAddress } from '#native/sms/address.ts';
import { decodeDataCoding } from '#native/sms/data-coding.ts';
import type { StatusReport } from '#native/sms/sms-message.ts';
import { smsDocument, type SmsDocument } from './sms-document.ts';
import { smsText } from './sms-text.ts';
import { createWords } from './words.ts';

const report: StatusReport = {
  type: 'statusReport',
  messageReference: 9,
  recipient: toAddress('+8613912345678'),
  timestamp: '2026-12-08T09:00:00+08:00',
  dischargeTime: '2026-12-08T09:00:05+08:00',
  status: 0x20,
  moreMessages: false,
  loopPrevention: false,
  statusReportQualifier: false,
  protocol: null,
  dataCoding: null,
  userData: null,
};

describe('smsDocument', () => {
  it('of a report tells the outcome', () => {
    expect(smsDocument(decodePdu(encodePdu(null, report).hex))).toMatchObject({
      type: 'status-report',
      number: '+8613912345678',
      numberType: 'international',
      messageReference: 9,
      reference: 9,
      status: 0x20,
      outcome: 'trying',
      dischargeTime: '2026-12-08T09:00:05+08:00',
      content: 'none',
      text: null,
    });
  });

  it('of data for a program gives its octets and ports', () => {
    const data = decodePdu('00440B913119325476F800F562218090000023090605040B8423F00102');
    expect(smsDocument(data)).toMatchObject({
      content: 'binary',
      encoding: 'data8',
      dataHex: '0102',
      class: 1,
      ports: { destination: 2948, source: 9200 },
      udh: [{ id: 5, data: '0B8423F0' }],
    });
  });
});

describe.each(['en', 'zh-CN'] as const)('smsText in %s', (language) => {
  const words = createWords(language);
  const plain = smsDocument({ smsc: null, message: report, tpduLength: 0 });

  it('has words for everything that a message can be', () => {
    const cases: readonly Partial<SmsDocument>[] = [
      ...(['deliver', 'submit', 'status-report', 'deliver-report', 'submit-report', 'command'] as const).map((type) => ({ type })),
      ...(['delivered', 'forwarded', 'replaced', 'trying', 'failed'] as const).map((outcome) => ({ outcome })),
      ...(['voicemail', 'fax', 'email', 'other'] as const).map((waiting) => ({ waiting })),
      ...[0x10, 0x11, 0x12, 0x13].map((octet) => ({ class: decodeDataCoding(octet).messageClass })),
      { smsc: '+8613800100500', validity: '2026-12-08T09:00:00+08:00', validitySeconds: 300, dataHex: '00', cut: true, failureCause: 0xd3 },
      { concat: { reference: 1, wide: false, parts: 3, part: 2 } },
    ];
    for (const change of cases) expect(smsText(words, { ...plain, ...change })).not.toContain('sms.');
  });

  it('leaves nothing in a text that could steer the terminal', () => {
    expect(smsText(words, { ...plain, text: 'a\u001B[2Jb\nc', content: 'text' })).toMatch(/\n {2}a\uFFFD\[2Jb\n {2}c$/u);
  });
});
