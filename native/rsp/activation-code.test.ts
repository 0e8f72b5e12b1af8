import { describe, expect, it } from 'vitest';
import { activationCodeForm, formatActivationCode, parseActivationCode } from './activation-code.ts';

const plain = { smdpAddress: 'smdp.example.com', matchingId: 'AB-12', smdpOid: null, confirmationCodeRequired: false };

describe('an activation code is read', () => {
  it.each([
    ['as a QR code holds it', 'LPA:1$smdp.example.com$AB-12', plain],
    ['without its beginning', '1$smdp.example.com$AB-12', plain],
    ['without the version either', 'smdp.example.com$AB-12', plain],
    ['with the scheme alone', 'lpa:smdp.example.com$AB-12', plain],
    ['in lower case, as a link', 'lpa:1$smdp.example.com$AB-12', plain],
    ['as a link with slashes', 'lpa://1$smdp.example.com$AB-12', plain],
    ['with a trailing dollar', 'LPA:1$smdp.example.com$AB-12$', plain],
    ['with empty parts at the end', 'LPA:1$smdp.example.com$AB-12$$', plain],
    ['with a code to confirm', 'LPA:1$smdp.example.com$AB-12$$1', { ...plain, confirmationCodeRequired: true }],
    ['with an OID', 'LPA:1$smdp.example.com$AB-12$1.3.6.1.4.1.47814.2.4', { ...plain, smdpOid: '1.3.6.1.4.1.47814.2.4' }],
    [
      'with everything',
      '1$esim.wo.cn$SATKB8Z-I4YBPHJS$1.3.6.1.4.1.47814.2.4$1',
      { smdpAddress: 'esim.wo.cn', matchingId: 'SATKB8Z-I4YBPHJS', smdpOid: '1.3.6.1.4.1.47814.2.4', confirmationCodeRequired: true },
    ],
    ['without a token', 'LPA:1$smdp.example.com$$2.999.10', { ...plain, matchingId: '', smdpOid: '2.999.10' }],
    ['with nothing after the address', 'LPA:1$smdp.example.com', { ...plain, matchingId: '' }],
    ['with blanks and line breaks', ' LPA:1$smdp.example.com$\r\n AB-\n12 ', plain],
    ['with signs that cannot be seen', '\uFEFFLPA:1$smdp\u200B.example.com$AB-12\u200F', plain],
    ['with full-width signs', 'LPA：1＄smdp.example.com＄AB-12', plain],
    ['URL-encoded', 'LPA%3A1%24smdp.example.com%24AB-12', plain],
    ['in a web link', 'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$smdp.example.com$AB-12&x=1', plain],
    ['in an encoded web link', 'https://esimsetup.android.com/?a=b&carddata=LPA%3A1%24smdp.example.com%24AB-12', plain],
    ['in a message', 'Your eSIM: LPA:1$smdp.example.com$AB-12. Thank you!', plain],
    ['in a Chinese message', '您的激活码：LPA:1$smdp.example.com$AB-12。请妥善保管', plain],
    ['with a port', 'LPA:1$SMDP.Example.com:8443$ab-12', { ...plain, smdpAddress: 'smdp.example.com:8443', matchingId: 'ab-12' }],
  ])('%s', (_name, text, code) => {
    expect(parseActivationCode(text)).toEqual(code);
  });

  it('in a Chinese message with a blank after it', () => {
    expect(parseActivationCode('您的激活码：LPA:1$smdp.example.com$AB-12 请妥善保管')).toEqual(plain);
  });
});

describe('a bad one says where it breaks', () => {
  it.each([
    ['', 'form', 0],
    ['hello', 'form', 5],
    ['LPA:', 'form', 4],
    ['LPA:2$smdp.example.com$AB', 'version', 4],
    ['LPA:$smdp.example.com$AB', 'version', 4],
    ['LPA:1$$AB', 'address', 6],
    ['LPA:1$https://smdp.example.com$AB', 'address', 6],
    ['LPA:1$smdp.example.com/path$AB', 'address', 6],
    ['LPA:1$smdp_example$AB', 'address', 6],
    ['LPA:1$smdp.example.com:99999$AB', 'address', 6],
    ['LPA:1$smdp.example.com$ÄB', 'matchingId', 23],
    ['LPA:1$smdp.example.com$AB$1..3', 'smdpOid', 26],
    ['LPA:1$smdp.example.com$AB$3.1', 'smdpOid', 26],
    ['LPA:1$smdp.example.com$AB$1.3$2', 'confirmationCodeFlag', 30],
    ['LPA:1$smdp.example.com$AB$1.3$1$x', 'form', 32],
    ['LPA:1$smdp.example.com$AB$1.3$1$$', 'form', 32],
    [`LPA:1$smdp.example.com$${'A'.repeat(300)}`, 'length', 255],
    ['x'.repeat(9000), 'length', 8192],
  ])('%s', (text, part, at) => {
    expect(() => parseActivationCode(text)).toThrow(
      expect.objectContaining({ code: 'ACTIVATION_CODE_INVALID', details: { part, at, expected: activationCodeForm } }),
    );
  });
});

it.each(['LPA:1$smdp.example.com$AB-12', 'LPA:1$smdp.example.com$AB-12$$1', 'LPA:1$smdp.example.com$$2.999.10', 'LPA:1$a.b:8443$T$1.3$1'])(
  'writes %s again',
  (text) => {
    expect(formatActivationCode(parseActivationCode(text))).toBe(text);
  },
);
