import { z } from 'zod';

/**
 * A download order as an operator places it: one profile, the code that fetches it, and the conditions
 * (what SGP.22 v2.5 §5.3 lets an operator ask for, as far as an LPA can see it).
 */
const digits = (least: number, most: number) => z.string().regex(new RegExp(`^\\d{${least},${most}}$`));
const host = z.string().regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/);

const downloadProfileSchema = z
  .strictObject({
    iccid: digits(18, 20),
    imsi: digits(6, 15),
    msisdn: z.string().regex(/^\+\d{5,15}$/),
    serviceProviderName: z.string().min(1).max(32),
    profileName: z.string().min(1).max(64),
    profileClass: z.enum(['test', 'provisioning', 'operational']),
    ownerMccMnc: digits(5, 6),
    policyRules: z.array(z.enum(['ppr1', 'ppr2'])).readonly(),
    /** RRGGBB of the drawn icon; null for none. */
    iconColour: z
      .string()
      .regex(/^[0-9A-Fa-f]{6}$/)
      .nullable(),
    /** Bytes of the unprotected profile package. */
    size: z.int().min(1024).max(500_000),
    /** Whom the chip tells when the profile is enabled, disabled or deleted; null for this server itself. */
    notificationAddress: host.nullable(),
  })
  .readonly();

export const orderSchema = z
  .strictObject({
    /** What stands in the activation code. */
    matchingId: z.string().regex(/^[A-Za-z0-9-]{1,255}$/),
    profile: downloadProfileSchema,
    confirmationCode: z.string().min(1).max(255).nullable(),
    /** Wrong confirmation codes that end the order. */
    confirmationTries: z.int().min(1).max(100),
    /** Downloads that may be begun before one is confirmed. */
    downloadTries: z.int().min(1).max(1000),
    /** The only chip that may have it; also found by that chip without any code. */
    eid: digits(32, 32).nullable(),
    released: z.boolean(),
    expiresAt: z.iso.datetime().nullable(),
    /** A code that works again and again, for different chips, as no operator sells it. */
    reusable: z.boolean(),
    /** Whether a package that was bound once may be bound to a new key of the same chip. */
    rebindable: z.boolean(),
    /** Whether an end user's refusal ends the order (a server's policy; postponing and time-outs never do). */
    endsOnRejection: z.boolean(),
    /** Whether the package has keys of its own (ReplaceSessionKeys) or goes on with the session's. */
    replacesSessionKeys: z.boolean(),
  })
  .readonly();

export type Order = z.infer<typeof orderSchema>;
export type DownloadProfile = Order['profile'];

/** The conditions of the plain order: one chip, once, no code to confirm. */
export const plainOrder = {
  confirmationCode: null,
  confirmationTries: 3,
  downloadTries: 20,
  eid: null,
  released: true,
  expiresAt: null,
  reusable: false,
  rebindable: true,
  endsOnRejection: false,
  replacesSessionKeys: true,
} as const satisfies Omit<Order, 'matchingId' | 'profile'>;
