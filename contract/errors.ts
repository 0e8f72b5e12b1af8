/**
 * The one table of errors. A code is what crosses boundaries; the sentence and the remedy that people read stand in
 * `resources/locales/<language>/errors.json` under the same code (a test holds them together).
 *
 * `status` is the HTTP status where the error crosses HTTP, `exit` the exit status of `leb`
 * (1 failed, 2 wrong usage, 3 device gone or busy, 4 needs something from the person), `retry` whether the same call may simply be tried again.
 */
export type ErrorEntry = { readonly status: number; readonly exit: 1 | 2 | 3 | 4; readonly retry: boolean };

const device = { status: 503, exit: 3, retry: true } as const;
const refused = { status: 422, exit: 1, retry: false } as const;
const person = { status: 422, exit: 4, retry: false } as const;

export const errorTable = {
  // --- devices: the codes of native/errors.ts ---
  PCSC_MISSING: { status: 503, exit: 3, retry: false },
  PCSC_SERVICE_DOWN: device,
  READER_GONE: device,
  NO_CARD: device,
  CARD_REMOVED: device,
  CARD_BUSY: device,
  CARD_MUTE: device,
  CARD_STATUS: refused,
  CARD_ANSWER: refused,
  NOT_AN_EUICC: refused,
  CHANNEL_UNAVAILABLE: device,
  PROFILE_NOT_FOUND: refused,
  PROFILE_NOT_DISABLED: refused,
  PROFILE_NOT_ENABLED: refused,
  PROFILE_POLICY: refused,
  PROFILE_WRONG_REENABLING: refused,
  CAT_BUSY: { status: 503, exit: 1, retry: true },
  EUICC_REFUSED: refused,
  NICKNAME_TOO_LONG: refused,
  EUICC_MEMORY_FULL: refused,
  CARD_REFUSED_SERVER: refused,
  ACTIVATION_CODE_INVALID: { status: 422, exit: 2, retry: false },
  PICTURE_UNREADABLE: { status: 422, exit: 2, retry: false }, // details.reason: format, damaged, tooLarge
  QR_CODE_NOT_FOUND: { status: 422, exit: 2, retry: false },
  DEFAULT_SMDP_MISSING: refused, // the card names no SM-DP+ of its own
  ACTIVATION_CODE_REFUSED: refused,
  CONFIRMATION_CODE_REQUIRED: person,
  CONFIRMATION_CODE_REFUSED: person,
  CONSENT_REQUIRED: person, // to the policy rules of a profile: details.rules
  EID_NOT_CONFIRMED: person, // what deletes for good is confirmed with the EID of the chip: details.eid
  PROFILE_RULES_NOT_ALLOWED: refused,
  PROFILE_METADATA_CHANGED: refused,
  PROFILE_PACKAGE_INVALID: refused,
  PROFILE_ALREADY_INSTALLED: refused,
  PROFILE_INSTALLATION_FAILED: refused,
  PROFILE_INSTALLATION_UNKNOWN: refused,
  PROFILE_SERVER_UNREACHABLE: { status: 503, exit: 1, retry: true },
  PROFILE_SERVER_TIMEOUT: { status: 504, exit: 1, retry: true },
  PROFILE_SERVER_UNTRUSTED: refused,
  PROFILE_SERVER_ANSWER: { status: 502, exit: 1, retry: true },
  PROFILE_SERVER_REFUSED: refused,
  PROFILE_SERVER_MISMATCH: refused,
  SERIAL_MISSING: { status: 503, exit: 3, retry: false },
  PORT_NOT_FOUND: device,
  PORT_PERMISSION: device,
  PORT_BUSY: device,
  PORT_CLOSED: device,
  MODEM_SILENT: device,
  AT_TIMEOUT: device,
  AT_ERROR: refused,
  AT_ANSWER: refused,
  CME_ERROR: refused,
  CMS_ERROR: refused,
  NO_CARRIER: refused,
  SIM_ABSENT: device,
  SIM_PIN_REQUIRED: person,
  SIM_PUK_REQUIRED: person,
  SIM_PIN_WRONG: person, // details.attemptsLeft
  SIM_PUK_WRONG: person, // details.attemptsLeft
  SIM_LAST_ATTEMPT: person, // nothing was sent: details.code, details.attemptsLeft
  SIM_PIN_OFF: refused,
  SIM_BLOCKED: refused,
  MODEM_UNSUPPORTED: refused, // details.setting
  RADIO_LOCKED: refused,
  IMEI_NOT_CONFIRMED: person, // factory settings are confirmed with the IMEI of the modem: details.imei
  MODEM_NO_EUICC_ACCESS: refused,
  NOT_REGISTERED: { status: 503, exit: 1, retry: true },
  SMS_PDU_INVALID: refused,
  SMS_NOT_ENCODABLE: { status: 422, exit: 2, retry: false },
  USSD_NO_ANSWER: { status: 504, exit: 1, retry: true },
  MESSAGE_UNKNOWN: { status: 404, exit: 1, retry: false },
  DEVICE_BUSY: device,
  CANCELLED: { status: 499, exit: 1, retry: true },
  // --- the application ---
  DEVICE_UNKNOWN: { status: 404, exit: 3, retry: false },
  DEVICE_AMBIGUOUS: { status: 422, exit: 2, retry: false },
  DEVICE_UNSUITABLE: refused, // asked an eUICC question of a modem without one, and the like
  PROFILE_AMBIGUOUS: { status: 422, exit: 2, retry: false },
  TASK_UNKNOWN: { status: 404, exit: 1, retry: false },
  INPUT_INVALID: { status: 400, exit: 2, retry: false },
  STORE_FAILED: { status: 500, exit: 1, retry: true },
  INTERNAL: { status: 500, exit: 1, retry: false },
  APPLICATION_GONE: { status: 503, exit: 1, retry: true }, // a window whose way to the application is cut
  // --- the account ---
  SERVICE_UNREACHABLE: { status: 503, exit: 1, retry: true },
  SERVICE_ANSWER: { status: 502, exit: 1, retry: true },
  SIGN_IN_REQUIRED: { status: 401, exit: 4, retry: false },
  CREDENTIALS_WRONG: { status: 401, exit: 4, retry: false },
  PASSWORD_WRONG: person, // asked again of somebody who is signed in
  ADDRESS_CODE_WRONG: person, // details.triesLeft
  ADDRESS_UNREACHABLE: refused, // a number that is none of the account's lines
  DELETION_NOT_CONFIRMED: person, // deleting an account is confirmed with a word
  ORDER_IN_PROGRESS: { status: 409, exit: 1, retry: true }, // paid and not yet applied: details.number
  SAMPLE_ACCOUNT: { status: 409, exit: 1, retry: false }, // everybody shares it, so nobody changes it
  TOO_MANY_ATTEMPTS: { status: 429, exit: 1, retry: true },
  PASSWORD_WEAK: { status: 422, exit: 4, retry: false },
  LOGIN_INVALID: { status: 422, exit: 2, retry: false }, // neither an e-mail address nor a phone number
  RESET_LINK_INVALID: { status: 410, exit: 1, retry: false },
  LINE_UNKNOWN: { status: 404, exit: 1, retry: false },
  LINE_CLAIM_REFUSED: { status: 422, exit: 1, retry: false },
  PLAN_UNAVAILABLE: { status: 409, exit: 1, retry: false },
  PROMOTION_UNKNOWN: { status: 422, exit: 1, retry: false },
  PROMOTION_NOT_APPLICABLE: { status: 422, exit: 1, retry: false },
  ORDER_UNKNOWN: { status: 404, exit: 1, retry: false },
  ORDER_OPEN: { status: 409, exit: 1, retry: false }, // another order for this line is still open: details.orderId
  ORDER_CLOSED: { status: 409, exit: 1, retry: false }, // paid, cancelled or expired: details.state
  PRICE_CHANGED: { status: 409, exit: 1, retry: false },
  PAYMENT_PROVIDER: { status: 503, exit: 1, retry: true }, // the provider did not answer or refused the request
  CARRIER_UNAVAILABLE: { status: 503, exit: 1, retry: true },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[];

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** An error of the table, for everything outside `native/`. */
export class LebError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.name = 'LebError';
    this.code = code;
    this.details = details;
  }
}

/** Why a payment did not go through; not an error but a fact about an attempt. */
export const paymentFailures = [
  'declined',
  'insufficientFunds',
  'expiredCard',
  'authenticationFailed',
  'cancelled',
  'paypalRefused',
  'sessionExpired',
  'provider',
] as const;
export type PaymentFailure = (typeof paymentFailures)[number];
