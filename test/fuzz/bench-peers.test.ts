import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, textWithLinks } from '#simulator/bench/html.ts';
import { ApiError } from '#simulator/stripe/api-error.ts';
import { passesLuhn, readCardForm } from '#simulator/stripe/cards.ts';
import { decodeForm, type FormRecord, type FormValue } from '#simulator/stripe/form.ts';

const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 10_000) };
const enoughTime = 120_000;

/** What a form can say at all: hashes and arrays are never empty, names have no brackets and do not look like positions. */
const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/);
const tree = fc.letrec<{ value: FormValue; record: FormRecord }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', maxDepth: 3 }, fc.string(), fc.array(tie('value'), { minLength: 1, maxLength: 3 }), tie('record')),
  record: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3 }),
}));

/** The way in which Stripe's SDK writes a request. */
function encode(value: FormValue, path: string): string[] {
  if (typeof value === 'string') return [`${encodeURIComponent(path)}=${encodeURIComponent(value)}`];
  return Object.entries(value).flatMap(([key, entry]) => encode(entry, path === '' ? key : `${path}[${key}]`));
}

test(
  'what the SDK encodes is decoded to the same',
  () => {
    fc.assert(
      fc.property(
        tree.record.filter((record) => encode(record, '').length <= 1000),
        (record) => {
          expect(JSON.stringify(decodeForm(encode(record, '').join('&')))).toBe(JSON.stringify(record));
        },
      ),
      runs,
    );
  },
  enoughTime,
);

test(
  'any text is decoded or refused with a 400, and never touches a prototype',
  () => {
    const brackets = fc.array(fc.constantFrom('a', 'b', '0', '1', '[', ']', '=', '&', '%5B', '%', '+', '__proto__', 'constructor'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          brackets.map((pieces) => pieces.join('')),
        ),
        (text) => {
          try {
            decodeForm(text);
          } catch (error) {
            expect(error).toBeInstanceOf(ApiError);
            expect(error).toMatchObject({ status: 400 });
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      runs,
    );
  },
  enoughTime,
);

test(
  'whatever is typed into the card form is a card or a named complaint; one wrong digit never passes',
  () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (number, expiry, cvc, holder) => {
        const result = readCardForm({ number, expiry, cvc, name: holder }, new Date(0));
        if ('problems' in result) expect(Object.keys(result.problems).length).toBeGreaterThan(0);
        else expect(passesLuhn(result.form.card.number)).toBe(true);
      }),
      runs,
    );
    fc.assert(
      fc.property(fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (position, step) => {
        const digits = '4000056655665556'.split('');
        digits[position] = String((Number(digits[position]) + step) % 10);
        expect(passesLuhn(digits.join(''))).toBe(false);
      }),
      runs,
    );
  },
  enoughTime,
);

test(
  'no text leaves its place in a page',
  () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        const linked = textWithLinks(`${text} https://leb.example/${text}`).markup;
        expect(linked.replace(/<a href="[^"<>]*" rel="noreferrer">|<\/a>/g, '')).not.toMatch(/[<>"']/);
      }),
      runs,
    );
  },
  enoughTime,
);
