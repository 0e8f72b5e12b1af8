import { DeviceError, type DeviceErrorCode, isDeviceError } from '../../errors.ts';
import { hexToBytes } from '../../euicc/tlv/hex.ts';
import { decodeText, encodeText } from '../../euicc/tlv/text.ts';
import { readTlv } from '../../euicc/tlv/tlv-reader.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** One function of ES9+ or ES11 (SGP.22 v2.5 §5.6, §5.8, §6.5) without any input or output: what to send, and what the answer says. */
export type RspFunction<Args, Value> = {
  /** Last part of the path, and the name in error details and traces. */
  readonly name: string;
  /** How long the server may take; some bind a package only when it is asked for. */
  readonly deadlineMs: number;
  /** Whether the same request may be sent again when it is unknown whether the server has seen it. A session's steps may not. */
  readonly repeatable: boolean;
  readonly encode: (args: Args) => JsonObject;
  /** `body` is empty where the server had nothing to say (204). @throws DeviceError PROFILE_SERVER_ANSWER, or what the status stands for */
  readonly decode: (body: JsonObject) => Value;
};

export const usualDeadlineMs = 40_000;

/** Status codes that a person can do something about have a code of their own (SGP.22 v2.5 §5.2.6.2, compared as text: 3.1 is not 3.10). */
const knownStatus: Readonly<Record<string, DeviceErrorCode>> = {
  '8.1/4.8': 'EUICC_MEMORY_FULL',
  '8.2.6/3.8': 'ACTIVATION_CODE_REFUSED',
  '8.2.7/2.2': 'CONFIRMATION_CODE_REQUIRED',
  '8.2.7/3.8': 'CONFIRMATION_CODE_REFUSED',
};

/**
 * Looks at `header.functionExecutionStatus`. HTTP 200 says nothing; a missing header counts as success, since some servers send one only
 * with failures.
 * @throws DeviceError PROFILE_SERVER_REFUSED or a code of the table, with `function`, `status`, `subjectCode`, `reasonCode`, `message`
 */
export function checkStatus(body: JsonObject, name: string): void {
  const execution = objectIn(objectIn(body, 'header'), 'functionExecutionStatus');
  const status = execution?.['status'];
  if (typeof status !== 'string' || status === 'Executed-Success' || status === 'Executed-WithWarning') return;
  const data = objectIn(execution, 'statusCodeData');
  const [subjectCode, reasonCode] = [textIn(data, 'subjectCode'), textIn(data, 'reasonCode')];
  throw new DeviceError(knownStatus[`${subjectCode}/${reasonCode}`] ?? 'PROFILE_SERVER_REFUSED', {
    function: name,
    status: shorten(status),
    subjectCode,
    reasonCode,
    subjectIdentifier: textIn(data, 'subjectIdentifier'),
    message: textIn(data, 'message'),
  });
}

/** A mandatory base64 field, decoded. @throws DeviceError PROFILE_SERVER_ANSWER */
export function requireBytes(body: JsonObject, field: string, name: string): Uint8Array {
  const value = body[field];
  if (typeof value !== 'string') throw unusable(name, field, 'missing');
  const packed = value.replaceAll(/\s+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) throw unusable(name, field, 'base64');
  return new Uint8Array(Buffer.from(packed, 'base64'));
}

/** A mandatory base64 field that holds exactly one object with this tag; its bytes as they came. @throws DeviceError PROFILE_SERVER_ANSWER */
export function requireTlv(body: JsonObject, field: string, tag: number, name: string): Uint8Array {
  const bytes = requireBytes(body, field, name);
  const tlv = serverSide(name, field, () => readTlv(bytes));
  if (tlv.tag !== tag) throw unusable(name, field, 'tag');
  return bytes;
}

/** TransactionId: 1…16 bytes as hex digits in either case (SGP.22 v2.5 §6.5.2.6). @throws DeviceError PROFILE_SERVER_ANSWER */
export function requireTransactionId(body: JsonObject, name: string): Uint8Array {
  const value = body['transactionId'];
  if (typeof value !== 'string' || !/^(?:[\dA-Fa-f]{2}){1,16}$/.test(value)) throw unusable(name, 'transactionId', 'missing');
  return hexToBytes(value);
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Runs a decoder on what a server sent: what the TLV reader blames on the card is the server's fault here. */
export function serverSide<Value>(name: string, field: string, decode: () => Value): Value {
  try {
    return decode();
  } catch (error) {
    if (isDeviceError(error) && error.code === 'CARD_ANSWER') throw unusable(name, field, 'structure', error);
    throw error;
  }
}

export function unusable(name: string, field: string, reason: string, cause?: unknown): DeviceError {
  return new DeviceError('PROFILE_SERVER_ANSWER', { function: name, field, reason }, { cause });
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectIn(parent: JsonObject | undefined, field: string): JsonObject | undefined {
  const value = parent?.[field];
  return isJsonObject(value) ? value : undefined;
}

/** Text of a server is shown to nobody without being cleaned and cut. */
function textIn(parent: JsonObject | undefined, field: string): string | null {
  const value = parent?.[field];
  return typeof value === 'string' ? shorten(value) : null;
}

function shorten(text: string): string {
  return decodeText(encodeText(text.slice(0, 200)));
}
