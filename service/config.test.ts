import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const whole = {
  DATABASE_PATH: '/data/account.db',
  STRIPE_SECRET_KEY: 'sk_test_123',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  CARRIER_URL: 'http://127.0.0.1:8080/',
  MAIL_FROM: 'LEB <no-reply@leb.example>',
  SUPPORT_EMAIL: 'support@leb.example',
};
const problems = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const read = readConfig(environment);
  return read.config === null ? read.problems : [];
};

test('a whole configuration', () => {
  expect(readConfig(whole)).toMatchObject({
    config: {
      database: { kind: 'sqlite', path: '/data/account.db' },
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      trial: false,
      carrierUrl: 'http://127.0.0.1:8080',
      stripe: { webhookSecret: null, apiBase: null, paymentMethods: ['card', 'paypal'] },
    },
  });
});

test('a database server instead of a file', () => {
  const url = 'postgres://leb:secret@db.example:5432/leb?sslmode=verify-full';
  expect(readConfig({ ...whole, DATABASE_PATH: '', DATABASE_URL: url })).toMatchObject({ config: { database: { kind: 'postgres', url } } });
});

test('one sentence for each thing that is missing, none with a secret in it', () => {
  expect(problems({})).toHaveLength(6);
  const sentences = problems({ ...whole, LEB_TRIAL: '1', STRIPE_SECRET_KEY: 'sk_live_verysecret', STRIPE_WEBHOOK_SECRET: 'verysecret' });
  expect(sentences).toHaveLength(2);
  expect(sentences.join()).not.toContain('verysecret');
});

test.each([
  [{ LEB_TRIAL: '1', STRIPE_SECRET_KEY: 'rk_live_1' }, /live key/],
  [{ LEB_TRIAL: '1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' }, /live key/],
  [{ STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_API_BASE: 'http://127.0.0.1:1' }, /stand-in/],
  [{ STRIPE_SECRET_KEY: 'pk_test_1' }, /secret key/],
  [{ DATABASE_URL: 'postgres://leb@db.example/leb' }, /DATABASE_URL.*both/],
  [{ DATABASE_PATH: '', DATABASE_URL: 'mysql://x' }, /DATABASE_URL.*postgres/],
  [{ DATABASE_PATH: '' }, /DATABASE_PATH.*DATABASE_URL/],
  [{ LEB_TRIAL: '1', HOST: '0.0.0.0' }, /HOST/],
  [{ PORT: '70000' }, /PORT/],
  [{ PUBLIC_URL: 'leb.example' }, /PUBLIC_URL/],
  [{ SMTP_URL: 'http://mail' }, /SMTP_URL/],
  [{ MAIL_FROM: 'nobody' }, /MAIL_FROM/],
  [{ PAYMENT_METHODS: 'card,cash' }, /PAYMENT_METHODS/],
])('%o', (change, sentence) => {
  const found = problems({ ...whole, ...change });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(sentence);
});

test('live keys are for a service that is no trial', () => {
  expect(problems({ ...whole, STRIPE_SECRET_KEY: 'sk_live_1' })).toEqual([]);
});
