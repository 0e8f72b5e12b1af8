/**
 * What can go wrong between us and a piece of hardware. Each code stands in the one table of `contract/errors.ts`
 * (a test holds the two together); words for people live in `resources/locales`.
 */
export const deviceErrorCodes = [
  // the reader and the card in it
  'PCSC_MISSING', // the PC/SC package is not built or not installed
  'PCSC_SERVICE_DOWN', // pcscd / SCardSvr is not running
  'READER_GONE', // the reader was unplugged
  'NO_CARD', // the reader is empty
  'CARD_REMOVED', // the card left during an operation
  'CARD_BUSY', // another program holds the card
  'CARD_MUTE', // the card does not answer to power-up
  'CARD_STATUS', // an unexpected status word: details.sw
  'CARD_ANSWER', // an answer that does not follow the specification
  'NOT_AN_EUICC', // no ISD-R under any known AID
  'CHANNEL_UNAVAILABLE', // no free logical channel
  // ES10 results (SGP.22 v2.5 §5.7)
  'PROFILE_NOT_FOUND',
  'PROFILE_NOT_DISABLED',
  'PROFILE_NOT_ENABLED',
  'PROFILE_POLICY', // refused by a profile policy rule
  'PROFILE_WRONG_REENABLING',
  'CAT_BUSY', // a proactive session is going on
  'EUICC_REFUSED', // undefinedError (127) or a code we do not know: details.result
  'NICKNAME_TOO_LONG', // over 64 bytes of UTF-8
  'EUICC_MEMORY_FULL', // the profile does not fit
  'CARD_REFUSED_SERVER', // AuthenticateServer or PrepareDownload said no: details.command, details.result
  // the download of a profile (SGP.22 v2.5 §3.1)
  'ACTIVATION_CODE_INVALID', // details.part, details.at: where it broke; details.expected: what should stand there
  'ACTIVATION_CODE_REFUSED', // the server does not know it, or it is used up
  'CONFIRMATION_CODE_REQUIRED',
  'CONFIRMATION_CODE_REFUSED',
  'PROFILE_RULES_NOT_ALLOWED', // the card may not take the profile's policy rules: details.rule
  'PROFILE_METADATA_CHANGED', // the package holds another profile than the one that was shown
  'PROFILE_PACKAGE_INVALID', // the package does not follow the specification: details.reason
  'PROFILE_ALREADY_INSTALLED',
  'PROFILE_INSTALLATION_FAILED', // details.bppCommandId, details.errorReason, details.peStatus
  'PROFILE_INSTALLATION_UNKNOWN', // the card's result did not reach us; only reading the card can tell
  // the servers: SM-DP+ and SM-DS
  'PROFILE_SERVER_UNREACHABLE',
  'PROFILE_SERVER_TIMEOUT',
  'PROFILE_SERVER_UNTRUSTED', // its TLS certificate: details.reason
  'PROFILE_SERVER_ANSWER', // an HTTP status, a body or a field that cannot be used: details.reason
  'PROFILE_SERVER_REFUSED', // details.subjectCode, details.reasonCode (SGP.22 v2.5 §5.2.6)
  'PROFILE_SERVER_MISMATCH', // an answer that does not belong to the question: details.field
  // the serial port
  'SERIAL_MISSING', // the serial package cannot be loaded
  'PORT_NOT_FOUND',
  'PORT_PERMISSION',
  'PORT_BUSY', // held by another program
  'PORT_CLOSED', // unplugged or hung up during an operation
  // the modem
  'MODEM_SILENT', // nothing answers AT on this port
  'AT_TIMEOUT', // no final result before the command's deadline
  'AT_ERROR', // a bare ERROR
  'AT_ANSWER', // an answer that cannot be read
  'CME_ERROR', // details.code, details.name (3GPP TS 27.007 §9.2)
  'CMS_ERROR', // details.code, details.name (3GPP TS 27.005 §3.2.5)
  'NO_CARRIER', // NO CARRIER, BUSY, NO ANSWER, NO DIALTONE: details.result
  'SIM_ABSENT',
  'SIM_PIN_REQUIRED',
  'SIM_PUK_REQUIRED',
  'SIM_PIN_WRONG', // details.attemptsLeft
  'SIM_PUK_WRONG', // details.attemptsLeft
  'SIM_LAST_ATTEMPT', // nothing was sent: details.code pin or puk, details.attemptsLeft 1, or null where nobody tells
  'SIM_PIN_OFF', // the SIM does not ask for a PIN, so that it cannot be changed
  'SIM_BLOCKED', // the PUK was given wrongly too often
  'MODEM_UNSUPPORTED', // the modem has no command for it, or cannot be told this: details.setting
  'RADIO_LOCKED', // the lock of the laptop's maker (FCC lock) holds the radio off
  'MODEM_NO_EUICC_ACCESS', // the modem offers no way to its eUICC over AT
  'NOT_REGISTERED', // no network accepted the profile before the deadline
  'SMS_PDU_INVALID', // details.reason, details.at: the octet at which it stops following 3GPP TS 23.040
  'SMS_NOT_ENCODABLE', // details.reason, details.value: what cannot be put into a message
  'USSD_NO_ANSWER', // the network did not answer a code before the deadline
  // any device
  'DEVICE_BUSY', // an operation of ours is using the device
  'CANCELLED',
] as const;

export type DeviceErrorCode = (typeof deviceErrorCodes)[number];

/** Low-level numbers that ride along with a code: `sw`, `result`, `code`, `name`, `reader`, `port`, `command`, `answer` … */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The only error that leaves `native/`. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode;
  readonly details: ErrorDetails;

  constructor(code: DeviceErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.name = 'DeviceError';
    this.code = code;
    this.details = details;
  }
}

export function isDeviceError(error: unknown): error is DeviceError {
  return error instanceof DeviceError;
}
