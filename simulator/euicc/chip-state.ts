import { z } from 'zod';
import type { SampleProfile } from '../sample.ts';
import { type ChipKind, parseChipKind } from './chip-kind.ts';
import { isEid } from './eid.ts';

/** What a chip remembers without power. One profile at most can be enabled in each of its slots, and the shape cannot say anything else. */
const digits = (least: number, most: number) => z.string().regex(new RegExp(`^\\d{${least},${most}}$`));
const eventSchema = z.enum(['install', 'enable', 'disable', 'delete']);

const hex = z.string().regex(/^([0-9A-F]{2})*$/);
const ruleSchema = z.enum(['pprUpdateControl', 'ppr1', 'ppr2']);

const profileSchema = z.strictObject({
  iccid: digits(18, 20),
  isdpAid: z.string().regex(/^[0-9A-F]{32}$/),
  imsi: digits(6, 15),
  ownerMccMnc: digits(5, 6).nullable(),
  /** Group identifiers 1 and 2 of the owner, as they came. */
  ownerGroupIds: z.array(hex.nullable()).readonly().default([]),
  icon: z
    .strictObject({ type: z.enum(['jpg', 'png']), data: hex })
    .readonly()
    .nullable()
    .default(null),
  /** What the SM-DP+ keeps for itself beside the profile, the content of B8. */
  dpProprietaryData: hex.nullable().default(null),
  serviceProviderName: z.string(),
  profileName: z.string(),
  nickname: z.string().nullable(),
  profileClass: z.enum(['test', 'provisioning', 'operational']),
  policyRules: z.array(ruleSchema).readonly(),
  /** Who wants to be told of what (notificationConfigurationInfo, SGP.22 v2.5 §4.1). */
  notificationTargets: z.array(z.strictObject({ address: z.string(), events: z.array(eventSchema).readonly() }).readonly()).readonly(),
  /** Bytes of non-volatile memory that the profile takes. */
  size: z.int().positive(),
});

const notificationSchema = z.strictObject({
  seqNumber: z.int().nonnegative(),
  event: eventSchema,
  address: z.string(),
  /** Null where an installation failed before the card knew what it was. */
  iccid: digits(18, 20).nullable(),
  /** BF37, signed, of an installation; every other notification is signed when it is fetched. */
  installationResult: hex.nullable().default(null),
});

/** An installation that has begun and not ended: what is needed to tell the server of it after a loss of power. */
const installationSchema = z.strictObject({
  transactionId: hex,
  smdpOid: z.string(),
  address: z.string(),
  iccid: digits(18, 20).nullable(),
  step: z.enum(['initialiseSecureChannel', 'configureIsdp', 'storeMetadata', 'replaceSessionKeys', 'loadProfileElements']),
});

/** A key that was made for a download which came to nothing; the server may ask for it again (SGP.22 v2.5 §3.1.3.2). */
const oneTimeKeySchema = z.strictObject({ smdpOid: z.string(), curve: z.enum(['p256', 'brainpoolP256r1']), secret: hex });

/** Which rules which operators may set (SGP.22 v2.5 §2.9.2); the digit E stands for any. */
const authorisationSchema = z.strictObject({
  rules: z.array(ruleSchema).readonly(),
  operators: z.array(z.string().regex(/^[\dE]{5,6}$/)).readonly(),
  consentRequired: z.boolean(),
});

/** Both rules for every operator, with the consent of the person. */
const openTable = [{ rules: ['ppr1' as const, 'ppr2' as const], operators: ['EEEEEE'], consentRequired: true }];

/** Bytes of non-volatile memory; a card of the field has 500 to 1500 kB. */
const ordinaryMemory = 688_128;

export const chipStateSchema = z
  .strictObject({
    format: z.literal(1),
    /** What kind of card it is, as `parseChipKind` reads it: it stays so wherever it is put. */
    kind: z.string().default('normal'),
    eid: z.string().refine(isEid, 'an EID has 32 digits with right check digits'),
    factorySmdpAddress: z.string(),
    defaultSmdpAddress: z.string(),
    rootSmdsAddress: z.string(),
    profiles: z.array(profileSchema.readonly()).readonly(),
    enabledIccid: digits(18, 20).nullable(),
    /** On the second port of a card that has several. */
    secondIccid: digits(18, 20).nullable().default(null),
    /** A switch that waits for the terminal's REFRESH or for a reset (SGP.22 v2.5 §3.2.1). */
    pendingSwitch: z
      .strictObject({ iccid: digits(18, 20).nullable(), slot: z.literal([0, 1]).default(0) })
      .readonly()
      .nullable(),
    /** The operational profile that a test profile took over from: the only one that may follow it. */
    enabledBeforeTest: digits(18, 20).nullable(),
    nextIsdp: z.int().nonnegative(),
    /** Never goes back, whatever is removed (SGP.22 v2.5 §3.5). */
    nextSeqNumber: z.int().nonnegative(),
    notifications: z.array(notificationSchema.readonly()).readonly(),
    installation: installationSchema.readonly().nullable().default(null),
    oneTimeKeys: z.array(oneTimeKeySchema.readonly()).readonly().default([]),
    rulesAuthorisationTable: z.array(authorisationSchema.readonly()).readonly().default(openTable),
    /** All of its non-volatile memory, in bytes. */
    memory: z.int().positive().default(ordinaryMemory),
    /** Switches that will still be answered catBusy. */
    catBusyLeft: z.int().nonnegative().default(0),
  })
  .readonly();

export type ChipState = z.infer<typeof chipStateSchema>;
export type ChipProfile = ChipState['profiles'][number];
export type ChipNotification = ChipState['notifications'][number];
export type ChipEvent = ChipNotification['event'];

export type NewChip = {
  readonly eid: string;
  /** The first one is enabled. */
  readonly profiles: readonly SampleProfile[];
  readonly kind?: ChipKind;
};

/** A chip as it comes from the bench's factory. */
export function makeChipState({ eid, profiles: samples, kind = parseChipKind('normal') }: NewChip): ChipState {
  const profiles = samples.map((sample, index) => makeChipProfile({ ...sample, iccid: sample.iccid.slice(0, kind.iccidDigits) }, index));
  const used = profiles.reduce((sum, { size }) => sum + size, 0);
  return {
    format: 1,
    kind: kind.text,
    eid,
    factorySmdpAddress: '',
    defaultSmdpAddress: '',
    rootSmdsAddress: 'smds.bench.example',
    profiles,
    enabledIccid: profiles[0]?.iccid ?? null,
    secondIccid: null,
    pendingSwitch: null,
    enabledBeforeTest: null,
    nextIsdp: profiles.length,
    nextSeqNumber: kind.nextSeqNumber,
    notifications: [],
    installation: null,
    oneTimeKeys: [],
    rulesAuthorisationTable: openTable,
    memory: kind.freeMemory === null ? ordinaryMemory : used + kind.freeMemory,
    catBusyLeft: kind.catBusyTimes,
  };
}

function makeChipProfile(sample: SampleProfile, index: number): ChipProfile {
  return {
    iccid: sample.iccid,
    isdpAid: isdpAid(index),
    imsi: sample.imsi,
    // The owner is the network that issued the IMSI, which is not the one that a roaming profile registers on.
    ownerMccMnc: sample.imsi.slice(0, 5),
    ownerGroupIds: [],
    icon: null,
    dpProprietaryData: null,
    serviceProviderName: sample.serviceProviderName,
    profileName: sample.profileName,
    nickname: null,
    profileClass: sample.profileClass,
    policyRules: [],
    notificationTargets: [{ address: sample.smdpAddress, events: ['enable', 'disable', 'delete'] }],
    size: 49_152,
  };
}

/** Instances of ISD-P count up from …1000 (SGP.02 v4.2 annex H). */
export function isdpAid(index: number): string {
  return `A0000005591010FFFFFFFF89${(0x1000 + index * 0x100).toString(16).padStart(8, '0').toUpperCase()}`;
}

/** The profile in this slot, or null. */
export function enabledProfile(state: ChipState, slot: 0 | 1 = 0): ChipProfile | null {
  const iccid = slot === 0 ? state.enabledIccid : state.secondIccid;
  return state.profiles.find((profile) => profile.iccid === iccid) ?? null;
}
