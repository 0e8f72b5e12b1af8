import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { isDeviceError } from '#native/errors.ts';
import { decodeSeptets, encodeSeptets } from '#native/sms/alphabet/gsm7.ts';
import { nationalLanguages } from '#native/sms/alphabet/national-tables.ts';
import { packSeptets, unpackSeptets } from '#native/sms/alphabet/septets.ts';
import { assembleParts } from '#native/sms/assemble-parts.ts';
import { decodeBroadcastPage } from '#native/sms/cell-broadcast.ts';
import { decodeTpdu } from '#native/sms/decode-tpdu.ts';
import { encodeSubmit } from '#native/sms/encode-submit.ts';
import { encodeTpdu } from '#native/sms/encode-tpdu.ts';
import { decodePdu } from '#native/sms/sms-pdu.ts';
import { planText } from '#native/sms/text-plan.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 10_000);

/** PDUs that begin right and go on in any way: first octet, a short address, then anything. */
const nearlyPdu = fc
  .tuple(
    fc.constantFrom('00', '0291', '07919730071111F1', ''),
    fc.nat(255),
    fc.constantFrom('0B916407281553F8', '04D0E2500B', '0081', '2A', '09'),
    fc.uint8Array({ maxLength: 190 }),
  )
  .map(
    ([smsc, first, address, rest]) => smsc + bytesToHex(Uint8Array.of(first, ...(first % 4 === 0 ? [] : [1]))) + address + bytesToHex(rest),
  );
const anyPdu = fc.oneof(nearlyPdu, fc.uint8Array({ maxLength: 200 }).map(bytesToHex), fc.string({ maxLength: 80 }));
const direction = fc.constantFrom('toMobile', 'fromMobile', null);

/** Every sign that one of the alphabets has, and some that only UCS2 has. */
const sign = fc.oneof(
  fc.constantFrom(...Array.from('aZ09 @€[]{}~|^\\\n\r\fÄñΔçşİÕâ∞ক੦तట௳ٻ۔')),
  fc.constantFrom('😀', '信', '\u0301', '\uD800', '𑰀'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
);
const smsText = fc.array(sign, { maxLength: 400 }).map((signs) => signs.join(''));

describe('whatever comes as a PDU', () => {
  it('is read or refused with SMS_PDU_INVALID, never anything else', () => {
    fc.assert(
      fc.property(anyPdu, direction, fc.constantFrom(true, false, null), (hex, direction, hasServiceCentre) => {
        try {
          const { message, tpduLength } = decodePdu(hex, { direction, hasServiceCentre });
          expect(tpduLength).toBeLessThanOrEqual(hex.length / 2);
          expect(message.userData?.text?.isWellFormed() ?? true).toBe(true);
          assembleParts([{ message }, { message }]);
        } catch (error) {
          expect(isDeviceError(error) ? error.code : error).toBe('SMS_PDU_INVALID');
        }
      }),
      { numRuns: runs },
    );
  });

  it('is read as a broadcast or refused in the same way', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 95 }).map(bytesToHex), anyPdu), (hex) => {
        try {
          const { page, pages, text } = decodeBroadcastPage(hex);
          expect(page > 0 && page < 16 && pages > 0 && pages < 16).toBe(true);
          expect(text?.isWellFormed() ?? true).toBe(true);
        } catch (error) {
          expect(isDeviceError(error) ? error.code : error).toBe('SMS_PDU_INVALID');
        }
      }),
      { numRuns: runs },
    );
  });

  it('reads the same again when it was written again', () => {
    fc.assert(
      fc.property(nearlyPdu, direction, (hex, direction) => {
        let message;
        try {
          ({ message } = decodePdu(hex, { direction }));
        } catch {
          return;
        }
        let octets: Uint8Array;
        try {
          octets = encodeTpdu(message);
        } catch (error) {
          expect(isDeviceError(error) ? error.code : error).toBe('SMS_NOT_ENCODABLE');
          return;
        }
        const toMobile = ['deliver', 'statusReport', 'submitReport'].includes(message.type);
        const again = decodeTpdu(octets, { direction: toMobile ? 'toMobile' : 'fromMobile' });
        expect(encodeTpdu(again)).toEqual(octets);
        expect(again.userData?.text).toBe(message.userData?.text);
      }),
      { numRuns: runs },
    );
  });
});

describe('every text', () => {
  it('comes back whole from the parts that it was sent in, in whatever order', () => {
    fc.assert(
      fc.property(smsText, fc.boolean(), fc.nat(255), fc.constantFrom(null, 'ucs2' as const), (text, wide, reference, alphabet) => {
        const parts = encodeSubmit(text, { to: '+8613912345678', concatenationReference: reference, wideReference: wide, alphabet });
        const read = parts.map(({ hex, tpduLength, text: part }) => {
          const pdu = decodePdu(hex);
          expect(pdu.tpduLength).toBe(tpduLength);
          expect(pdu.message.userData).toMatchObject({ text: part, cut: false });
          return { message: pdu.message };
        });
        const whole = assembleParts([...read].reverse());
        expect(whole.map(({ text: joined, missing }) => [joined, missing])).toEqual([[text.toWellFormed(), []]]);
      }),
      { numRuns: runs / 10 },
    );
  });

  it('never takes more parts than in UCS2, nor than in the default alphabet', () => {
    fc.assert(
      fc.property(smsText, (text) => {
        const { parts } = planText(text);
        expect(parts.length).toBeLessThanOrEqual(planText(text, { alphabet: 'ucs2' }).parts.length);
        if (encodeSeptets(text) !== null)
          expect(parts.length).toBeLessThanOrEqual(planText(text, { alphabet: 'gsm7', languages: [] }).parts.length);
      }),
      { numRuns: runs / 10 },
    );
  });
});

it('septets come back from octets, behind any fill, and read in any tables', () => {
  const language = fc.constantFrom(null, ...nationalLanguages);
  fc.assert(
    fc.property(fc.array(fc.nat(127)), fc.nat(6), language, language, (septets, fill, locking, singleShift) => {
      const source = Uint8Array.from(septets);
      expect(unpackSeptets(packSeptets(source, fill), fill, source.length)).toEqual(source);
      const text = decodeSeptets(source, { locking, singleShift });
      const written = encodeSeptets(text, { locking, singleShift });
      if (written !== null) expect(decodeSeptets(written, { locking, singleShift })).toBe(text);
    }),
    { numRuns: runs },
  );
});
