import { z } from 'zod';
import type { SampleProfile } from '../sample.ts';
import { isEid } from './eid.ts';

/** What a chip remembers without power. One profile at most can be enabled, and the shape cannot say anything else. */
const digits = (least: number, most: number) => z.string().regex(new RegExp(`^\\d{${least},${most}}$`));
const eventSchema = z.enum(['install', 'enable', 'disable', 'delete']);

const profileSchema = z.strictObject({
  iccid: digits(18, 20),
  isdpAid: z.string().regex(/^[0-9A-F]{32}$/),
  imsi: digits(6, 15),
  ownerMccMnc: digits(5, 6),
  serviceProviderName: z.string(),
  profileName: z.string(),
  nickname: z.string().nullable(),
  profileClass: z.enum(['test', 'provisioning', 'operational']),
  policyRules: z.array(z.enum(['pprUpdateControl', 'ppr1', 'ppr2'])).readonly(),
  /** Who wants to be told of what (notificationConfigurationInfo, SGP.22 v2.5 §4.1). */
  notificationTargets: z.array(z.strictObject({ address: z.string(), events: z.array(eventSchema).readonly() }).readonly()).readonly(),
  /** Bytes of non-volatile memory that the profile takes. */
  size: z.int().positive(),
});

const notificationSchema = z.strictObject({
  seqNumber: z.int().nonnegative(),
  event: eventSchema,
  address: z.string(),
  iccid: digits(18, 20),
});

export const chipStateSchema = z
  .strictObject({
    format: z.literal(1),
    eid: z.string().refine(isEid, 'an EID has 32 digits with right check digits'),
    factorySmdpAddress: z.string(),
    defaultSmdpAddress: z.string(),
    rootSmdsAddress: z.string(),
    profiles: z.array(profileSchema.readonly()).readonly(),
    enabledIccid: digits(18, 20).nullable(),
    /** A switch that waits for the terminal's REFRESH or for a reset (SGP.22 v2.5 §3.2.1). */
    pendingSwitch: z
      .strictObject({ iccid: digits(18, 20).nullable() })
      .readonly()
      .nullable(),
    /** The operational profile that a test profile took over from: the only one that may follow it. */
    enabledBeforeTest: digits(18, 20).nullable(),
    nextIsdp: z.int().nonnegative(),
    /** Never goes back, whatever is removed (SGP.22 v2.5 §3.5). */
    nextSeqNumber: z.int().nonnegative(),
    notifications: z.array(notificationSchema.readonly()).readonly(),
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
};

/** A chip as it comes from the bench's factory. */
export function makeChipState({ eid, profiles }: NewChip): ChipState {
  return {
    format: 1,
    eid,
    factorySmdpAddress: '',
    defaultSmdpAddress: '',
    rootSmdsAddress: 'smds.bench.example',
    profiles: profiles.map((sample, index) => makeChipProfile(sample, index)),
    enabledIccid: profiles[0]?.iccid ?? null,
    pendingSwitch: null,
    enabledBeforeTest: null,
    nextIsdp: profiles.length,
    nextSeqNumber: 1,
    notifications: [],
  };
}

function makeChipProfile(sample: SampleProfile, index: number): ChipProfile {
  return {
    iccid: sample.iccid,
    isdpAid: isdpAid(index),
    imsi: sample.imsi,
    // The owner is the network that issued the IMSI, which is not the one that a roaming profile registers on.
    ownerMccMnc: sample.imsi.slice(0, 5),
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

/** The profile that the USIM side shows, or null. */
export function enabledProfile(state: ChipState): ChipProfile | null {
  return state.profiles.find((profile) => profile.iccid === state.enabledIccid) ?? null;
}
