/** Devices, the eUICCs behind them, and the modems, as the window and the terminal see them. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { iccid, instant, localizedName, problem, procedure } from '../common.ts';

/** `pcsc:<reader name>` or `serial:<port path>`; the bench's own are `pcsc:Virtual …` and `serial:virtual…`. */
export const deviceId = z.string().min(6).max(300);

export const policyRule = z.enum(['pprUpdateControl', 'ppr1', 'ppr2']);
export const eid = z.string().regex(/^\d{32}$/);

export const profile = z.object({
  iccid,
  isdpAid: z.string().nullable(),
  state: z.enum(['disabled', 'enabled']),
  nickname: z.string().nullable(),
  serviceProviderName: z.string().nullable(),
  profileName: z.string().nullable(),
  profileClass: z.enum(['test', 'provisioning', 'operational']),
  ownerMccMnc: z.string().nullable(),
  policyRules: z.array(policyRule),
  /** Port of a card with multiple enabled profiles on which this one is enabled; null elsewhere. */
  port: z.int().nullable(),
});

export const pendingNotification = z.object({
  seqNumber: z.int(),
  event: z.enum(['install', 'enable', 'disable', 'delete']),
  address: z.string(),
  iccid: iccid.nullable(),
});

/** A root certificate that the card accepts servers under. Name and kind are null where our table does not know it. */
export const ciRoot = z.object({
  keyId: z.string(), // subject key identifier, upper-case hex
  name: localizedName.nullable(),
  kind: z.enum(['live', 'national', 'vendor', 'test']).nullable(),
});

export const euiccOverview = z.object({
  eid,
  isdrAid: z.string(),
  svn: z.string(),
  firmwareVersion: z.string(),
  freeMemory: z.int().nullable(), // bytes
  defaultSmdpAddress: z.string().nullable(),
  rootSmdsAddress: z.string(),
  ciRoots: z.array(ciRoot),
  /** Maker of the chip by its EID; the country (ISO 3166) alone where only that is known. */
  manufacturer: z.object({ name: localizedName.nullable(), country: z.string().nullable() }).nullable(),
  /** What the card is sold as, where EID or ATR tell. */
  product: localizedName.nullable(),
  sasAccreditationNumber: z.string().nullable(),
  uiccCapabilities: z.array(z.string()),
  rspCapabilities: z.array(z.string()),
  /** Multiple enabled profiles (SGP.22 v3); null on a card with one. */
  mep: z.object({ mode: z.enum(['A1', 'A2', 'B']).nullable() }).nullable(),
  profiles: z.array(profile),
  notifications: z.array(pendingNotification),
  readAt: instant,
});

export const registration = z.object({
  state: z.enum(['notRegistered', 'home', 'searching', 'denied', 'unknown', 'roaming', 'emergencyOnly']),
  technology: z.enum(['gsm', 'utran', 'eutran', 'nr', 'nbIot', 'ltem', 'unknown']).nullable(),
  areaCode: z.string().nullable(),
  cellId: z.string().nullable(),
});

export const modemStatus = z.object({
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  revision: z.string().nullable(),
  imei: z.string().nullable(),
  sim: z.enum(['ready', 'pinRequired', 'pukRequired', 'absent', 'busy', 'failed', 'unknown']),
  iccid: z.string().nullable(),
  imsi: z.string().nullable(),
  registration,
  operator: z.object({ name: z.string().nullable(), mccMnc: z.string().nullable() }).nullable(),
  signal: z
    .object({ rssi: z.number().nullable(), rsrp: z.number().nullable(), rsrq: z.number().nullable(), bars: z.int().min(0).max(4) })
    .nullable(),
  readAt: instant,
});

/** The prerequisite ladder: each rung is met, the first unmet one (with its problem), or not reached. */
export const rung = z.object({
  name: z.enum(['pcscService', 'reader', 'card', 'notHeld', 'euicc', 'port', 'permission', 'notHeldPort', 'answers', 'sim', 'registered']),
  state: z.enum(['met', 'checking', 'unmet', 'notReached']),
  evidence: z.string().nullable(), // what the device said, verbatim: an ATR, a port path, an operator
  problem: problem.nullable(),
});

export const device = z.object({
  deviceId,
  kind: z.enum(['reader', 'modem']),
  name: z.string(), // reader name; maker and model once a modem has answered
  virtual: z.boolean(),
  /** ghost: unplugged in this session and not forgotten */
  state: z.enum(['reading', 'ready', 'empty', 'blocked', 'reconnecting', 'ghost']),
  busyTaskId: z.string().nullable(),
  ladder: z.array(rung),
  euicc: euiccOverview.nullable(), // the last reading, kept while the card is busy
  /** Further secure elements of the same card, each an eUICC of its own. */
  otherEuiccs: z.array(euiccOverview),
  modem: modemStatus.nullable(),
  seenAt: instant,
});

/** What the whole installation has: one entry a transport. */
export const transportState = z.object({
  id: z.string(),
  kind: z.enum(['reader', 'modem']),
  virtual: z.boolean(),
  problem: problem.nullable(),
});

export const devicesSnapshot = z.object({ devices: z.array(device), transports: z.array(transportState) });

const on = z.object({ deviceId });
/** `isdrAid`: which secure element of a card that has several; left out: the first one. */
const onEuicc = on.extend({ isdrAid: z.string().max(32).optional() });
const onProfile = onEuicc.extend({ iccid });
/** `refresh: false` leaves the card as the command left it; `notify: false` leaves what it has to tell on the card. */
const switching = onProfile.extend({ refresh: z.boolean().default(true), notify: z.boolean().default(true) });
export const started = z.object({ taskId: z.string() });

export const activationCode = z.object({
  smdpAddress: z.string(),
  matchingId: z.string(), // empty: the server looks for an order by EID
  smdpOid: z.string().nullable(),
  confirmationCodeRequired: z.boolean(),
  /** The code in its full form, `LPA:1$…`. */
  text: z.string(),
});

/** Where a profile comes from. */
export const profileSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('activationCode'), text: z.string().max(8192) }),
  /** The card's own default SM-DP+. */
  z.object({ kind: z.literal('defaultSmdp') }),
  /** What a discovery has found. */
  z.object({ kind: z.literal('event'), server: z.string().max(260), eventId: z.string().max(255) }),
]);

/** Base64 in JSON, for pictures are small and every carrier takes it. */
export const picture = z.object({ type: z.enum(['image/jpeg', 'image/png']), base64: z.string() });

export const devicesContract = {
  /** Everything, now and after each change. */
  watch: procedure.output(eventIterator(devicesSnapshot)),
  /** Reads a device again. */
  refresh: procedure.input(on).output(device),
  forget: procedure.input(on).output(z.void()),
};

/** What starts a task returns at once; the result comes through `tasks.watch`. */
export const profilesContract = {
  enable: procedure.input(switching).output(started),
  disable: procedure.input(switching).output(started),
  /** An enabled profile is disabled first, if `disableFirst` says so. */
  delete: procedure.input(switching.extend({ disableFirst: z.boolean() })).output(started),
  rename: procedure.input(onProfile.extend({ nickname: z.string().max(64) })).output(started),
  /** The picture of an installed profile; null where it has none. */
  icon: procedure.input(onProfile).output(z.object({ icon: picture.nullable() })),
  /** @throws ACTIVATION_CODE_INVALID with details.part, details.at, details.expected */
  readActivationCode: procedure.input(z.object({ text: z.string().max(8192) })).output(activationCode),
  /** Looks for QR codes in a picture file (PNG, JPEG, GIF, BMP; base64, at most 8 MiB). @throws PICTURE_UNREADABLE, QR_CODE_NOT_FOUND, ACTIVATION_CODE_INVALID */
  readPicture: procedure.input(z.object({ base64: z.base64().max(11_184_812) })).output(activationCode),
  /** The task asks through `need` and is answered by `tasks.answer`; with `previewOnly` it ends at the preview and the order stays open. */
  download: procedure
    .input(
      onEuicc.extend({
        source: profileSource,
        previewOnly: z.boolean().default(false),
        confirmationCode: z.string().min(1).max(64).optional(),
        /** 15 or 16 digits; left out: the modem's own, else only a TAC is told. */
        imei: z
          .string()
          .regex(/^\d{15,16}$/)
          .optional(),
        /** Enables the profile once it is installed. */
        enable: z.boolean().default(false),
      }),
    )
    .output(started),
  /** Asks an SM-DS what waits for this card; left out: the card's own root SM-DS. The task ends with `events`. */
  discover: procedure.input(onEuicc.extend({ smdsAddress: z.string().trim().max(260).optional() })).output(started),
};

export const euiccContract = {
  /** An empty address removes it. */
  setDefaultSmdp: procedure.input(onEuicc.extend({ address: z.string().trim().max(253) })).output(started),
  /** Deletes for good what is chosen. `eid` is typed or confirmed by the person and has to be the card's own. */
  resetMemory: procedure
    .input(onEuicc.extend({ eid, operationalProfiles: z.boolean(), testProfiles: z.boolean(), defaultSmdpAddress: z.boolean() }))
    .output(started),
};

/** A notification that was taken off a card's list and has not reached its server yet, or is still on the card although it has. */
export const outboxEntry = z.object({
  entryId: z.string(),
  eid,
  seqNumber: z.int(),
  event: z.enum(['install', 'enable', 'disable', 'delete']),
  address: z.string(),
  iccid: iccid.nullable(),
  /** delivered: its server has it, and it is removed from the card as soon as the card is there */
  state: z.enum(['waiting', 'sending', 'delivered']),
  attempts: z.int(),
  /** Null where the next attempt waits for the card or for an earlier one of the same server. */
  nextAttemptAt: instant.nullable(),
  problem: problem.nullable(),
  takenAt: instant,
});

export const notificationsContract = {
  /** What is on its way, now and after each change. */
  watch: procedure.output(eventIterator(z.array(outboxEntry))),
  /** Takes what is pending off the card's list and delivers it; left out `seqNumbers`: all. */
  send: procedure.input(onEuicc.extend({ seqNumbers: z.array(z.int().nonnegative()).max(1000).optional() })).output(started),
  /** Takes them off the card without telling the server. */
  remove: procedure.input(onEuicc.extend({ seqNumbers: z.array(z.int().nonnegative()).min(1).max(1000) })).output(started),
  /** Tries everything that waits again now. */
  retry: procedure.output(z.void()),
};

export const apduContract = {
  /** One raw command APDU on the basic channel (hex), answered with its status word. */
  send: procedure
    .input(on.extend({ command: z.string().regex(/^(?:[0-9A-Fa-f]{2}){4,261}$/) }))
    .output(z.object({ data: z.string(), sw: z.string() })),
};

export type ActivationCode = z.infer<typeof activationCode>;
export type ProfileSource = z.infer<typeof profileSource>;
export type Picture = z.infer<typeof picture>;
export type OutboxEntry = z.infer<typeof outboxEntry>;
export type CiRoot = z.infer<typeof ciRoot>;
export type PendingNotification = z.infer<typeof pendingNotification>;
export type Profile = z.infer<typeof profile>;
export type EuiccOverview = z.infer<typeof euiccOverview>;
export type ModemStatus = z.infer<typeof modemStatus>;
export type Rung = z.infer<typeof rung>;
export type Device = z.infer<typeof device>;
export type DevicesSnapshot = z.infer<typeof devicesSnapshot>;
export type TransportState = z.infer<typeof transportState>;
