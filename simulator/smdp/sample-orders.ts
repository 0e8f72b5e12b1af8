import { lebAsia, type SampleProfile } from '../sample.ts';
import { makeEid } from '../euicc/eid.ts';
import { plainOrder, type DownloadProfile, type Order } from './order.ts';

/** A sample profile as an order has it. The owner is the network that issued the IMSI. */
function asDownload(sample: SampleProfile, more: Partial<DownloadProfile> = {}): DownloadProfile {
  const { iccid, imsi, msisdn, serviceProviderName, profileName, profileClass } = sample;
  return {
    iccid,
    imsi,
    msisdn,
    serviceProviderName,
    profileName,
    profileClass,
    ownerMccMnc: imsi.slice(0, 5),
    policyRules: [],
    iconColour: '1F6FEB',
    size: 12_065,
    notificationAddress: null,
    ...more,
  };
}

/** Further profiles of the bench's carrier, on no chip and in no account. ICCIDs end in their Luhn digit. */
function further(serial: number, profileName: string, more: Partial<DownloadProfile> = {}): DownloadProfile {
  const subscriber = String(serial).padStart(6, '0');
  const iccid = withLuhn(`894499000000${subscriber}`);
  return asDownload(
    { ...lebAsia, iccid, imsi: `001010000${subscriber}`, msisdn: `+447700900${String(serial).slice(-3)}`, profileName },
    more,
  );
}

/** The EID of the chip in the bench's reader. */
export const readerEid = makeEid(1);

/** Every kind of order once, so that each way that it can go can be tried by its code. */
export const sampleOrders: readonly Order[] = [
  { ...plainOrder, matchingId: 'LEB-ASIA', profile: asDownload(lebAsia) },
  { ...plainOrder, matchingId: 'LEB-PACIFIC', profile: further(483_101, 'LEB Pacific'), confirmationCode: '2748' },
  { ...plainOrder, matchingId: 'LEB-FLEET', profile: further(483_102, 'LEB Fleet', { policyRules: ['ppr1', 'ppr2'], iconColour: null }) },
  { ...plainOrder, matchingId: 'LEB-LARGE', profile: further(483_103, 'LEB Large', { size: 65_000 }) },
  { ...plainOrder, matchingId: 'LEB-AGAIN', profile: further(483_104, 'LEB Again', { iconColour: null }), reusable: true },
  { ...plainOrder, matchingId: 'LEB-SESSION', profile: further(483_105, 'LEB Session'), replacesSessionKeys: false, rebindable: false },
  { ...plainOrder, matchingId: 'LEB-EXPIRED', profile: further(483_106, 'LEB Expired'), expiresAt: '2020-01-01T00:00:00Z' },
  { ...plainOrder, matchingId: 'LEB-LATER', profile: further(483_107, 'LEB Later'), released: false },
  {
    ...plainOrder,
    matchingId: 'LEB-RESERVED',
    profile: further(483_108, 'LEB Reserved'),
    // Of no chip of the bench: it is always refused.
    eid: makeEid(999_999),
  },
  // Waits for the chip in the reader: found through the SM-DS, or without any code.
  { ...plainOrder, matchingId: 'LEB-WAITING', profile: further(483_109, 'LEB Waiting'), eid: readerEid },
];

function withLuhn(digits: string): string {
  const sum = digits.split('').reduceRight((total, digit, index) => {
    const value = Number(digit) * ((digits.length - index) % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
