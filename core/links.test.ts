import { describe, expect, it } from 'vitest';
import { checkedPaymentPage } from './links.ts';

describe('payment page', () => {
  it.each([
    ['https://checkout.stripe.com/c/pay/cs_test_1#x', false],
    ['https://checkout.stripe.com/c/pay/cs_test_1#x', true],
    ['http://127.0.0.1:43210/c/pay/cs_test_1', true],
  ])('opens %s (trial: %s)', (address, trial) => {
    expect(checkedPaymentPage(address, trial)).toBe(address);
  });

  it.each([
    ['http://checkout.stripe.com/c/pay/cs_test_1', true],
    ['https://checkout.stripe.com.evil.example/', true],
    ['https://checkout.stripe.com:8443/', true],
    ['https://checkout.stripe.com@evil.example/', true],
    ['http://127.0.0.1:43210/c/pay/cs_test_1', false],
    ['http://127.0.0.1.evil.example/', true],
    ['file:///etc/passwd', true],
    ['javascript:alert(1)', true],
    ['not an address', true],
  ])('refuses %s (trial: %s)', (address, trial) => {
    expect(() => checkedPaymentPage(address, trial)).toThrow(expect.objectContaining({ code: 'SERVICE_ANSWER' }));
  });
});
