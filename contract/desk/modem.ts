/** What a modem can be asked and told. */
import { eventIterator } from '@orpc/contract';
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

export const radioTechnology = z.enum(['gsm', 'utran', 'eutran', 'nr', 'nbIot', 'ltem']);

/** What the radio may use. A part is null where the modem has no command for it. */
export const radioSettings = z.object({
  /** `+CFUN`: off = 0 (the SIM too), airplane = 4 (the radio), on = 1, other = what only its maker knows. */
  power: z.enum(['on', 'airplane', 'off', 'other']).nullable(),
  /** The lock of the laptop's maker (FCC lock) holds the radio off, and turning it on does not help; null: not known. */
  fccLocked: z.boolean().nullable(),
  technologies: z
    .object({
      /** Every set that the modem can be told. */
      choices: z.array(z.array(radioTechnology)),
      allowed: z.array(radioTechnology),
      preferred: radioTechnology.nullable(),
      /** Whether a preference can be told. */
      canPrefer: z.boolean(),
    })
    .nullable(),
  /** By name: B3 (LTE), n78 (NR), U1 (UMTS), GSM900. */
  bands: z.object({ supported: z.array(z.string()), enabled: z.array(z.string()) }).nullable(),
});

/** Identity and surroundings. */
export const modemDetails = z.object({
  serialNumber: z.string().nullable(),
  imeiSv: z.string().nullable(), // 16 digits
  /** As they stand on the SIM; operators often leave that empty. */
  ownNumbers: z.array(z.object({ number: z.string(), name: z.string().nullable() })),
  /** Places for a SIM, counted from 1. */
  slots: z.object({ active: z.int(), count: z.int() }).nullable(),
  /** The modem's own clock; null where it is not set. Without an offset the time is the modem's local one. */
  clock: z.object({ at: instant, offsetMinutes: z.int().nullable() }).nullable(),
  temperature: z.number().nullable(), // °C
});

export const radioCell = z.object({
  /** secondary: a further carrier beside the serving one (carrier aggregation). */
  role: z.enum(['serving', 'secondary', 'neighbour']),
  serving: z.boolean(), // role is serving
  technology: registration.shape.technology,
  mccMnc: z.string().nullable(),
  areaCode: z.string().nullable(), // upper-case hex
  cellId: z.string().nullable(), // upper-case hex
  pci: z.int().nullable(),
  band: z.string().nullable(), // B3, n78, U1
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
const pdpType = z.enum(['ipv4', 'ipv6', 'ipv4v6']);
/** 3GPP TS 23.003 §9.1. */
const apn = z.string().regex(/^[A-Za-z0-9.-]{0,100}$/);
const authenticationProtocol = z.enum(['none', 'pap', 'chap']);
/** Printable ASCII without what AT command lines use themselves: quotes, and the backslash of ITU-T V.250 §5.4.2.2. */
const credential = z.string().regex(/^[ !#-[\]-~]{0,64}$/);
const authentication = z.object({ protocol: authenticationProtocol, userName: credential, password: credential });

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
      dnsServers: z.array(z.string()),
      /** Null where the modem does not say. The password is never told. */
      authentication: z.object({ protocol: authenticationProtocol, userName: z.string() }).nullable(),
      /** Since the connection began or the modem started, as the maker counts; null where nobody does. */
      counters: z.object({ sent: z.int(), received: z.int() }).nullable(), // bytes
    }),
  ),
});

/** What a carrier tells its customers to enter: public, the password too. */
export const suggestedContext = z.object({
  carrier: z.string(),
  /** In the carrier's words. */
  plan: z.string().nullable(),
  /** Null where the carrier has one for all. */
  customers: z.enum(['prepaid', 'postpaid']).nullable(),
  apn: z.string(),
  type: pdpType,
  authentication: authentication.nullable(),
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
  /**
   * Closes the channels to the chip that programs have left open, whoever they were: only where the person wants that. Ends with the chip read, after a
   * restart where nothing less helps.
   */
  freeChannels: procedure.input(on).output(started),
  /**
   * Puts every setting back to what the maker shipped. `imei` is typed or confirmed by the person and has to be the modem's own.
   * @throws INPUT_INVALID where it is not
   */
  factoryReset: procedure.input(on.extend({ imei: z.string().regex(/^\d{15}$/) })).output(started),
  details: procedure.input(on).output(modemDetails),
  /** @throws MODEM_UNSUPPORTED */
  selectSlot: procedure.input(on.extend({ slot: z.int().min(1).max(4) })).output(modemDetails),
  radioSettings: procedure.input(on).output(radioSettings),
  /** @throws RADIO_LOCKED where the radio stays off */
  setAirplaneMode: procedure.input(on.extend({ airplane: z.boolean() })).output(radioSettings),
  /** @throws MODEM_UNSUPPORTED for what is none of the choices */
  setTechnologies: procedure
    .input(on.extend({ allowed: z.array(radioTechnology).min(1), preferred: radioTechnology.nullable() }))
    .output(radioSettings),
  /** Null: all that the modem has. @throws MODEM_UNSUPPORTED */
  setBands: procedure.input(on.extend({ bands: z.array(z.string().max(10)).min(1).max(200).nullable() })).output(radioSettings),
  /** Signal and cells, measured now. */
  radio: procedure.input(on).output(radioReport),
  /** The same, now and every few seconds for as long as somebody watches; silent while a task or the eUICC has the modem. */
  watchRadio: procedure.input(on).output(eventIterator(radioReport)),
  packetData: procedure.input(on).output(packetData),
  /** Defines a context or writes over it; one that is active uses it from its next activation on. */
  setContext: procedure
    .input(
      on.extend({
        cid,
        type: pdpType,
        apn,
        /** Left out: as it is. */
        authentication: authentication.optional(),
      }),
    )
    .output(packetData),
  removeContext: procedure.input(on.extend({ cid })).output(packetData),
  activateContext: procedure.input(on.extend({ cid, active: z.boolean() })).output(packetData),
  /** Attaches for data, or detaches; the network has a part in both. */
  setAttached: procedure.input(on.extend({ attached: z.boolean() })).output(packetData),
  /** What the carrier of the SIM tells its customers to enter, the likeliest first; empty where nothing is known. */
  suggestedContexts: procedure.input(on).output(z.array(suggestedContext)),
};

export type RadioTechnology = z.infer<typeof radioTechnology>;
export type RadioSettings = z.infer<typeof radioSettings>;
export type ModemDetails = z.infer<typeof modemDetails>;
export type SuggestedContext = z.infer<typeof suggestedContext>;

export type RadioCell = z.infer<typeof radioCell>;
export type RadioReport = z.infer<typeof radioReport>;
export type PacketData = z.infer<typeof packetData>;
export type RegistrationReport = z.infer<typeof registrationReport>;
export type SimLock = z.infer<typeof simLock>;
