/**
 * The part of the D-Bus wire format that calls and their answers need (D-Bus Specification 0.43, "Type System", "Message Protocol").
 * Little endian only: that is what every bus answers a little-endian caller with, message bodies of others are refused.
 */

export type DbusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments?: readonly DbusArgument[];
};

export type DbusArgument = { readonly type: 's'; readonly value: string } | { readonly type: 'b'; readonly value: boolean };

/** Arrays of dictionary entries become maps, variants become what is in them. */
export type DbusValue = string | number | bigint | boolean | readonly DbusValue[] | ReadonlyMap<DbusValue, DbusValue>;

export type DbusMessage = {
  readonly type: number;
  readonly replySerial: number | null;
  readonly errorName: string | null;
  readonly body: readonly DbusValue[];
};

/** Message types of the specification. */
export const methodReturn = 2;
export const errorReply = 3;

const methodCall = 1;
/** Nobody is started by our questions; but a person may be asked for permission. */
const flags = 0x2 | 0x4;
const littleEndian = 0x6c;
const field = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 } as const;
/** The specification allows 128 MiB; what we ask for fits into far less. */
const largestMessage = 4_194_304;
const deepest = 16;

export function encodeCall(call: DbusCall, serial: number): Buffer {
  const parameters = call.arguments ?? [];
  const body = new Writer();
  for (const argument of parameters) body.argument(argument);
  const message = new Writer();
  for (const byte of [littleEndian, methodCall, flags, 1]) message.byte(byte);
  message.uint32(body.length);
  message.uint32(serial);
  message.array(8, () => {
    message.field(field.path, 'o', call.path);
    message.field(field.interface, 's', call.interface);
    message.field(field.member, 's', call.member);
    message.field(field.destination, 's', call.destination);
    if (parameters.length > 0) message.field(field.signature, 'g', parameters.map(({ type }) => type).join(''));
  });
  message.align(8);
  return Buffer.concat([message.bytes(), body.bytes()]);
}

/** The length of the message that begins here, once its header is there. @throws RangeError for what is no message that we can read */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < 16) return null;
  if (bytes[0] !== littleEndian || bytes[3] !== 1) throw new RangeError('not a little-endian message of protocol version 1');
  const length = align(16 + bytes.readUInt32LE(12), 8) + bytes.readUInt32LE(4);
  if (length > largestMessage) throw new RangeError(`a message of ${length} bytes`);
  return length;
}

/** @throws RangeError for bytes that do not follow the specification */
export function decodeMessage(bytes: Buffer): DbusMessage {
  const reader = new Reader(bytes);
  reader.offset = 12;
  const [listed] = reader.values('a(yv)');
  const fields = new Map(
    (Array.isArray(listed) ? (listed as readonly (readonly [number, DbusValue])[]) : []).map(([code, value]) => [code, value]),
  );
  const text = (code: number): string | null => {
    const value = fields.get(code);
    return typeof value === 'string' ? value : null;
  };
  const replySerial = fields.get(field.replySerial);
  reader.align(8);
  return {
    type: bytes[1] ?? 0,
    replySerial: typeof replySerial === 'number' ? replySerial : null,
    errorName: text(field.errorName),
    body: reader.values(text(field.signature) ?? ''),
  };
}

class Writer {
  readonly #parts: number[] = [];

  get length(): number {
    return this.#parts.length;
  }

  bytes(): Buffer {
    return Buffer.from(this.#parts);
  }

  align(to: number): void {
    while (this.#parts.length % to !== 0) this.#parts.push(0);
  }

  byte(value: number): void {
    this.#parts.push(value);
  }

  uint32(value: number): void {
    this.align(4);
    this.#parts.push(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);
  }

  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    this.uint32(bytes.length);
    this.#parts.push(...bytes, 0);
  }

  signature(value: string): void {
    this.#parts.push(value.length, ...Buffer.from(value, 'latin1'), 0);
  }

  argument(argument: DbusArgument): void {
    if (argument.type === 's') this.text(argument.value);
    else this.uint32(argument.value ? 1 : 0);
  }

  /** An array whose elements are aligned; its length counts from the first element on. */
  array(alignment: number, write: () => void): void {
    this.uint32(0);
    const lengthAt = this.#parts.length - 4;
    this.align(alignment);
    const start = this.#parts.length;
    write();
    const length = Buffer.alloc(4);
    length.writeUInt32LE(this.#parts.length - start);
    this.#parts.splice(lengthAt, 4, ...length);
  }

  /** One header field: a structure of a code and a variant. */
  field(code: number, type: 'o' | 's' | 'g', value: string): void {
    this.align(8);
    this.byte(code);
    this.signature(type);
    if (type === 'g') this.signature(value);
    else this.text(value);
  }
}

class Reader {
  readonly #bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  align(to: number): void {
    this.offset = align(this.offset, to);
  }

  values(signature: string): readonly DbusValue[] {
    const values: DbusValue[] = [];
    for (let at = 0; at < signature.length;) {
      const type = completeType(signature, at);
      values.push(this.value(type, 0));
      at += type.length;
    }
    return values;
  }

  value(type: string, depth: number): DbusValue {
    if (depth > deepest) throw new RangeError('nested too deeply');
    switch (type[0]) {
      case 'y':
        return this.#take(1).readUInt8();
      case 'b':
        return this.#number(4).readUInt32LE() !== 0;
      case 'n':
        return this.#number(2).readInt16LE();
      case 'q':
        return this.#number(2).readUInt16LE();
      case 'i':
        return this.#number(4).readInt32LE();
      case 'u':
      case 'h':
        return this.#number(4).readUInt32LE();
      case 'x':
        return this.#number(8).readBigInt64LE();
      case 't':
        return this.#number(8).readBigUInt64LE();
      case 'd':
        return this.#number(8).readDoubleLE();
      case 's':
      case 'o':
        return this.#text(this.#number(4).readUInt32LE());
      case 'g':
        return this.#text(this.#take(1).readUInt8());
      case 'v': {
        const inner = this.#text(this.#take(1).readUInt8());
        if (completeType(inner, 0) !== inner) throw new RangeError(`a variant of ${inner}`);
        return this.value(inner, depth + 1);
      }
      case '(':
        this.align(8);
        return this.#members(type.slice(1, -1), depth);
      case 'a':
        return this.#array(type.slice(1), depth);
      default:
        throw new RangeError(`a value of type ${type}`);
    }
  }

  #members(signature: string, depth: number): readonly DbusValue[] {
    const values: DbusValue[] = [];
    for (let at = 0; at < signature.length;) {
      const type = completeType(signature, at);
      values.push(this.value(type, depth + 1));
      at += type.length;
    }
    return values;
  }

  #array(element: string, depth: number): DbusValue {
    const length = this.#number(4).readUInt32LE();
    this.align(alignmentOf(element));
    const end = this.offset + length;
    if (end > this.#bytes.length) throw new RangeError('an array that is longer than its message');
    const values: DbusValue[] = [];
    const entries = new Map<DbusValue, DbusValue>();
    while (this.offset < end) {
      const before = this.offset;
      if (element.startsWith('{')) {
        this.align(8);
        const [key, value] = this.#members(element.slice(1, -1), depth);
        if (key === undefined || value === undefined) throw new RangeError(`an entry of type ${element}`);
        entries.set(key, value);
      } else values.push(this.value(element, depth + 1));
      if (this.offset === before) throw new RangeError(`an element of type ${element} without a byte`);
    }
    return element.startsWith('{') ? entries : values;
  }

  #number(size: number): Buffer {
    this.align(size);
    return this.#take(size);
  }

  /** Text of so many bytes, and the zero after it. */
  #text(length: number): string {
    return this.#take(length + 1).toString('utf8', 0, length);
  }

  #take(length: number): Buffer {
    const end = this.offset + length;
    if (end > this.#bytes.length) throw new RangeError('a message that ends too early');
    const taken = this.#bytes.subarray(this.offset, end);
    this.offset = end;
    return taken;
  }
}

function align(offset: number, to: number): number {
  return Math.ceil(offset / to) * to;
}

function alignmentOf(type: string): number {
  const found = { y: 1, g: 1, v: 1, n: 2, q: 2, x: 8, t: 8, d: 8, '(': 8, '{': 8 }[type[0] ?? ''];
  return found ?? 4;
}

/** The one complete type that begins at a place of a signature. */
function completeType(signature: string, at: number): string {
  let end = at;
  while (signature[end] === 'a') end += 1;
  let open = 0;
  for (; end < signature.length; end += 1) {
    const sign = signature[end] ?? '';
    if ('({'.includes(sign)) open += 1;
    else if (')}'.includes(sign)) open -= 1;
    if (open <= 0) return signature.slice(at, end + 1);
  }
  throw new RangeError(`a type that does not end: ${signature}`);
}
