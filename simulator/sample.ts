/**
 * The world of the virtual bench: one carrier with three lines, two networks of other operators, and the profiles that stand for them.
 * Networks use MCC 001 (test), numbers the ranges reserved for fiction, addresses the domain reserved for examples.
 */
export type SampleNetwork = {
  readonly mccMnc: string;
  readonly name: string;
  readonly registration: 'home' | 'roaming';
};

export type SampleProfile = {
  readonly iccid: string;
  readonly imsi: string;
  readonly msisdn: string;
  readonly serviceProviderName: string;
  readonly profileName: string;
  readonly profileClass: 'test' | 'provisioning' | 'operational';
  readonly network: SampleNetwork;
  readonly smdpAddress: string;
};

const harbour: SampleNetwork = { mccMnc: '00101', name: 'Harbour Mobile', registration: 'roaming' };
const meadow: SampleNetwork = { mccMnc: '00102', name: 'Meadow Tel', registration: 'home' };
const lebHome: SampleNetwork = { mccMnc: '00103', name: 'LEB', registration: 'home' };

const leb = { serviceProviderName: 'LEB', profileClass: 'operational', smdpAddress: 'smdp.leb.example' } as const;

export const lebEurope: SampleProfile = {
  ...leb,
  iccid: '8944990000004821602',
  imsi: '001010000482160',
  msisdn: '+447700900482',
  profileName: 'LEB Europe',
  network: harbour,
};
export const lebGlobal: SampleProfile = {
  ...leb,
  iccid: '8944990000004821784',
  imsi: '001010000482178',
  msisdn: '+447700900783',
  profileName: 'LEB Global',
  network: lebHome,
};
/** On no chip yet and in no account: claimed with `claimCode`. */
export const lebAsia: SampleProfile = {
  ...leb,
  iccid: '8944990000004821917',
  imsi: '001010000482191',
  msisdn: '+447700900191',
  profileName: 'LEB Asia',
  network: lebHome,
};

export const meadowPersonal: SampleProfile = {
  iccid: '8944991000001174020',
  imsi: '001020000117402',
  msisdn: '+447700900740',
  serviceProviderName: 'Meadow Tel',
  profileName: 'Personal',
  profileClass: 'operational',
  network: meadow,
  smdpAddress: 'smdp.meadow.example',
};
export const harbourHoliday: SampleProfile = {
  iccid: '8944992000000333915',
  imsi: '001010000033391',
  msisdn: '+447700900339',
  serviceProviderName: 'Harbour Mobile',
  profileName: 'Holiday',
  profileClass: 'operational',
  network: { ...harbour, registration: 'home' },
  smdpAddress: 'smdp.harbour.example',
};
export const benchTest: SampleProfile = {
  iccid: '8944993000009001553',
  imsi: '001030000900155',
  msisdn: '+447700900155',
  serviceProviderName: 'Bench',
  profileName: 'Test profile',
  profileClass: 'test',
  network: lebHome,
  smdpAddress: 'smdp.bench.example',
};

/** What lies in the bench's reader and in its modem at first start; the first of each is enabled. */
export const readerProfiles: readonly SampleProfile[] = [lebGlobal, meadowPersonal, benchTest];
export const modemProfiles: readonly SampleProfile[] = [lebEurope, harbourHoliday];

/** The carrier's customer of the sample lines; the embedded trial offers this account. */
export const sampleHolder = 'sample@leb.example';
export const claimCodes: Readonly<Record<string, string>> = { [lebAsia.iccid]: 'ASIA-2748' };

/** Two profiles that no other card has, for a card with this number (1 to 9999): one at home on each of the foreign networks. */
export function makeCardProfiles(serial: number): readonly SampleProfile[] {
  const number = String(serial).padStart(4, '0');
  return [meadowPersonal, harbourHoliday].map((sample) => ({
    ...sample,
    iccid: withCheckDigit(`${sample.iccid.slice(0, 10)}5${number}000`),
    imsi: `${sample.imsi.slice(0, 5)}0005${number}00`,
    msisdn: `+447700900${String(serial % 1000).padStart(3, '0')}`,
  }));
}

/** The last digit of an ICCID (ITU-T E.118 §4.1, ISO/IEC 7812-1 annex B). */
function withCheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const weighted = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (weighted > 9 ? weighted - 9 : weighted);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
