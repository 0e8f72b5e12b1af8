/** Devices, the eUICCs behind them, and the modems, as the window and the terminal see them. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { iccid, instant, problem, procedure } from '../common.ts';

/** `pcsc:<reader name>` or `serial:<port path>`; the bench's own are `pcsc:Virtual …` and `serial:virtual…`. */
export const deviceId = z.string().min(6).max(300);

export const profile = z.object({
  iccid,
  isdpAid: z.string().nullable(),
  state: z.enum(['disabled', 'enabled']),
  nickname: z.string().nullable(),
  serviceProviderName: z.string().nullable(),
  profileName: z.string().nullable(),
  profileClass: z.enum(['test', 'provisioning', 'operational']),
  ownerMccMnc: z.string().nullable(),
  policyRules: z.array(z.enum(['pprUpdateControl', 'ppr1', 'ppr2'])),
});

export const pendingNotification = z.object({
  seqNumber: z.int(),
  event: z.enum(['install', 'enable', 'disable', 'delete']),
  address: z.string(),
  iccid: iccid.nullable(),
});

export const euiccOverview = z.object({
  eid: z.string().regex(/^\d{32}$/),
  isdrAid: z.string(),
  svn: z.string(),
  firmwareVersion: z.string(),
  freeMemory: z.int().nullable(), // bytes
  defaultSmdpAddress: z.string().nullable(),
  rootSmdsAddress: z.string(),
  ciKeyIds: z.array(z.string()),
  sasAccreditationNumber: z.string().nullable(),
  uiccCapabilities: z.array(z.string()),
  rspCapabilities: z.array(z.string()),
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
const onProfile = on.extend({ iccid });
export const started = z.object({ taskId: z.string() });

export const devicesContract = {
  /** Everything, now and after each change. */
  watch: procedure.output(eventIterator(devicesSnapshot)),
  /** Reads a device again. */
  refresh: procedure.input(on).output(device),
  forget: procedure.input(on).output(z.void()),
};

/** Each of these starts a task and returns at once; the result comes through `tasks.watch`. */
export const profilesContract = {
  enable: procedure.input(onProfile).output(started),
  disable: procedure.input(onProfile).output(started),
  /** An enabled profile is disabled first, if `disableFirst` says so. */
  delete: procedure.input(onProfile.extend({ disableFirst: z.boolean() })).output(started),
  rename: procedure.input(onProfile.extend({ nickname: z.string().max(64) })).output(started),
};

export const modemContract = {
  /** A raw AT line; answers as the modem gave them. */
  send: procedure
    .input(on.extend({ command: z.string().trim().min(1).max(500) }))
    .output(z.object({ lines: z.array(z.string()), final: z.string() })),
};

export type Profile = z.infer<typeof profile>;
export type EuiccOverview = z.infer<typeof euiccOverview>;
export type ModemStatus = z.infer<typeof modemStatus>;
export type Rung = z.infer<typeof rung>;
export type Device = z.infer<typeof device>;
export type DevicesSnapshot = z.infer<typeof devicesSnapshot>;
export type TransportState = z.infer<typeof transportState>;
