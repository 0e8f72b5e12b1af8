/* oxlint-disable unicorn/consistent-function-scoping -- injected by its source text: what it uses has to be inside */
// Structured clone as text. The DevTools protocol only carries strings, so every IPC payload passes through here.
// createCodec() is also injected into the page by its source text: it must not refer to anything outside itself.

export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array<ArrayBuffer>;
}

export function createCodec(base64: Base64): Codec {
  type Tagged = string | number | boolean | null | readonly [tag: string, ...rest: unknown[]];
  const views = {
    Uint8Array,
    Uint8ClampedArray,
    Int8Array,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  type Seen = Map<object, number>;

  function refuse(): never {
    throw new Error('An object could not be cloned.'); // Electron's own words
  }

  function writeObject(value: object, seen: Seen): Tagged {
    const write = (part: unknown): Tagged => writeValue(part, seen);
    // Holes stay holes: an absent index is written as the tag 'h'.
    if (Array.isArray(value)) return ['a', Array.from({ length: value.length }, (_, i) => (i in value ? write(value[i]) : ['h']))];
    if (value instanceof Map) return ['m', [...value].map(([key, item]) => [write(key), write(item)])];
    if (value instanceof Set) return ['s', [...value].map(write)];
    if (value instanceof Date) return ['d', value.getTime()]; // an invalid date is NaN, which JSON turns into null
    if (value instanceof RegExp) return ['x', value.source, value.flags];
    if (value instanceof ArrayBuffer) return ['b', base64.encode(new Uint8Array(value))];
    // Only the visible bytes travel. A true clone would copy the whole buffer, and Node's Buffers share an 8 KiB pool.
    if (ArrayBuffer.isView(value)) {
      return [
        'v',
        value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name,
        base64.encode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
      ];
    }
    if (value instanceof Error) {
      return [
        'e',
        value.name in errors ? value.name : 'Error',
        value.message,
        value.stack ?? '',
        'cause' in value ? [write(value.cause)] : [],
      ];
    }
    // oxlint-disable-next-line unicorn/no-instanceof-builtins -- boxed primitives are meant
    if (value instanceof Boolean || value instanceof Number || value instanceof String) return ['w', write(value.valueOf())];
    // Whatever else has a tag of its own (Blob, Promise, WeakMap, DOM objects) has no faithful text form.
    if (Object.prototype.toString.call(value) !== '[object Object]') return refuse();
    return ['o', Object.entries(value).map(([key, item]) => [key, write(item)])];
  }

  function writeValue(value: unknown, seen: Seen): Tagged {
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'number') {
      if (Object.is(value, -0)) return ['n', '-0'];
      return Number.isFinite(value) ? value : ['n', String(value)];
    }
    if (value === undefined) return ['u'];
    if (typeof value === 'bigint') return ['i', String(value)];
    if (typeof value !== 'object') return refuse(); // functions and symbols
    const known = seen.get(value);
    if (known !== undefined) return ['r', known]; // the same object again, or a cycle
    seen.set(value, seen.size);
    return writeObject(value, seen);
  }

  function readError(seen: unknown[], name: string, message: string, stack: string, cause: Tagged[]): Error {
    const error = new errors[name as keyof typeof errors](message);
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
    seen.push(error);
    if (cause.length > 0)
      Object.defineProperty(error, 'cause', { value: read(cause[0] ?? null, seen), configurable: true, writable: true });
    return error;
  }

  function readView(name: string, text: string): ArrayBufferView {
    const bytes = base64.decode(text);
    return name === 'Uint8Array'
      ? bytes
      : new (views[name as keyof typeof views] as new (buffer: ArrayBuffer) => ArrayBufferView)(bytes.buffer);
  }

  // `seen` has to grow in the order in which writeValue() met the objects, hence the pushes before the recursion.
  function read(tagged: Tagged, seen: unknown[]): unknown {
    if (!Array.isArray(tagged)) return tagged;
    const [tag, a, b, c, d] = tagged as [string, never, never, never, never];
    const keep = <T>(value: T): T => (seen.push(value), value);
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(a);
      case 'i':
        return BigInt(a);
      case 'r':
        return seen[a];
      case 'd':
        return keep(new Date(a ?? Number.NaN));
      case 'x':
        return keep(new RegExp(a, b));
      case 'b':
        return keep(base64.decode(a).slice().buffer);
      case 'v':
        return keep(readView(a, b));
      case 'e':
        return readError(seen, a, b, c, d);
      case 'w':
        return keep(Object(read(a, seen)));
      case 'a': {
        const list = keep<unknown[]>([]);
        list.length = (a as Tagged[]).length; // holes at the end count
        for (const [i, item] of (a as Tagged[]).entries()) if (!(Array.isArray(item) && item[0] === 'h')) list[i] = read(item, seen);
        return list;
      }
      case 'm': {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, item] of a as [Tagged, Tagged][]) map.set(read(key, seen), read(item, seen));
        return map;
      }
      case 's': {
        const set = keep(new Set<unknown>());
        for (const item of a as Tagged[]) set.add(read(item, seen));
        return set;
      }
      case 'o': {
        const object = keep<Record<string, unknown>>({});
        // defineProperty, because a key may be called __proto__.
        for (const [key, item] of a as [string, Tagged][])
          Object.defineProperty(object, key, { value: read(item, seen), enumerable: true, configurable: true, writable: true });
        return object;
      }
      default:
        throw new Error(`the Electron double's codec does not know the tag ${tag}`);
    }
  }

  return {
    encode: (value) => JSON.stringify(writeValue(value, new Map())),
    decode: (text) => read(JSON.parse(text) as Tagged, []),
  };
}
