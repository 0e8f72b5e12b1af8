/** What a modem can be asked and told. */
import { z } from 'zod';
import { instant, procedure } from '../common.ts';
import { deviceId, modemStatus, registration, started } from './devices.ts';

const on = z.object({ deviceId });

/** CHV1 has four to eight digits, the unblocking key always eight (3GPP TS 31.101 §9.4, ETSI TS 102 221 §9.5). */
const pinCode = z.string().regex(/^\d{4,8}$/);
const pukCode = z.string().regex(/^\d{8}$/);
/** Without `confirmLastAttempt` no code is sent that may be the last one that the SIM takes: SIM_LAST_ATTEMPT says so. */
const onLock = on.extend({ confirmLastAttempt: z.boolean().default(false) });

/** Null where the modem does not say. */
const attemptsLeft = z.int().nullable();

export const simLock = z.object({
  state: modemStatus.shape.sim,
  /** Whether the SIM asks for its PIN after each start. */
  pinRequested: z.boolean().nullable(),
  attempts: z.object({ pin: attemptsLeft, puk: attemptsLeft, pin2: attemptsLeft, puk2: attemptsLeft }),
});

export const networkSelection = z.enum(['automatic', 'manual', 'deregistered', 'manualThenAutomatic']);

export const registrationReport = z.object({
  /** What all systems together say. */
  registration,
  operator: modemStatus.shape.operator,
  /** Who chooses the network; null where the modem does not say. */
  selection: networkSelection.nullable(),
  domains: z.array(
    registration.extend({
      /** Circuit-switched, GPRS, LTE, 5G. */
      domain: z.enum(['cs', 'ps', 'eps', '5gs']),
      rejectCause: z.int().nullable(),
    }),
  ),
  /** Why the network refused: an EMM, GMM or 5GMM cause (3GPP TS 24.301 §9.9.3.9). */
  rejectCause: z.int().nullable(),
});

export const radioCell = z.object({
  serving: z.boolean(),
  technology: registration.shape.technology,
  mccMnc: z.string().nullable(),
  areaCode: z.string().nullable(), // upper-case hex
  cellId: z.string().nullable(), // upper-case hex
  pci: z.int().nullable(),
  band: z.string().nullable(), // B3, n78
  channel: z.int().nullable(), // ARFCN of the technology
  bandwidthMHz: z.number().nullable(),
  rssi: z.number().nullable(), // dBm
  rsrp: z.number().nullable(), // dBm
  rsrq: z.number().nullable(), // dB
  sinr: z.number().nullable(), // dB
});

export const radioReport = z.object({
  registration,
  signal: modemStatus.shape.signal.unwrap(),
  sinr: z.number().nullable(),
  /** By RSRP, or by RSSI where that is not known. */
  quality: z.enum(['good', 'fair', 'poor', 'none']),
  /** The serving cells first. */
  cells: z.array(radioCell),
  readAt: instant,
});

/** A context for data (PDP context, PDN connection, PDU session). */
const cid = z.int().min(1).max(100);
export const packetData = z.object({
  /** Whether the modem is attached for data; null where it does not say. */
  attached: z.boolean().nullable(),
  contexts: z.array(
    z.object({
      cid: z.int(),
      type: z.enum(['ipv4', 'ipv6', 'ipv4v6', 'other']),
      apn: z.string(), // empty: the network's own
      active: z.boolean(),
      addresses: z.array(z.string()),
    }),
  ),
});

export const modemContract = {
  /** A raw AT line; answers as the modem gave them. */
  send: procedure
    .input(on.extend({ command: z.string().trim().min(1).max(500) }))
    .output(z.object({ lines: z.array(z.string()), final: z.string() })),
  simLock: procedure.input(on).output(simLock),
  /** Sends nothing where the SIM does not wait for its PIN. @throws SIM_PIN_WRONG, SIM_PUK_REQUIRED, SIM_LAST_ATTEMPT */
  unlockSim: procedure.input(onLock.extend({ pin: pinCode })).output(simLock),
  /** Sends nothing where the SIM does not wait for its PUK. @throws SIM_PUK_WRONG, SIM_BLOCKED, SIM_LAST_ATTEMPT */
  unblockSim: procedure.input(onLock.extend({ puk: pukCode, newPin: pinCode })).output(simLock),
  /** Turns the asking for the PIN on or off. @throws SIM_PIN_WRONG, SIM_PUK_REQUIRED, SIM_LAST_ATTEMPT */
  setPinRequested: procedure.input(onLock.extend({ pin: pinCode, requested: z.boolean() })).output(simLock),
  /** @throws SIM_PIN_WRONG, SIM_PUK_REQUIRED, SIM_LAST_ATTEMPT, SIM_PIN_OFF */
  changePin: procedure.input(onLock.extend({ pin: pinCode, newPin: pinCode })).output(simLock),
  registration: procedure.input(on).output(registrationReport),
  /** Looks for networks, which takes minutes. The task ends with `networks`. */
  scan: procedure.input(on).output(started),
  /** Takes the network with this number, or leaves the choice to the modem (null); the task ends when it is registered. */
  selectNetwork: procedure
    .input(
      on.extend({
        mccMnc: z
          .string()
          .regex(/^\d{5,6}$/)
          .nullable(),
      }),
    )
    .output(started),
  /** The task ends when the modem is there again. */
  restart: procedure.input(on).output(started),
  /** Signal and cells, measured now. */
  radio: procedure.input(on).output(radioReport),
  packetData: procedure.input(on).output(packetData),
  /** Defines a context or writes over it; one that is active uses it from its next activation on. */
  setContext: procedure
    .input(
      on.extend({
        cid,
        type: z.enum(['ipv4', 'ipv6', 'ipv4v6']),
        /** 3GPP TS 23.003 §9.1. */
        apn: z.string().regex(/^[A-Za-z0-9.-]{0,100}$/),
      }),
    )
    .output(packetData),
  removeContext: procedure.input(on.extend({ cid })).output(packetData),
  activateContext: procedure.input(on.extend({ cid, active: z.boolean() })).output(packetData),
};

export type RadioCell = z.infer<typeof radioCell>;
export type RadioReport = z.infer<typeof radioReport>;
export type PacketData = z.infer<typeof packetData>;
export type RegistrationReport = z.infer<typeof registrationReport>;
export type SimLock = z.infer<typeof simLock>;
