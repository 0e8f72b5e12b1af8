/* oxlint-disable unicorn/consistent-function-scoping -- injected by its source text: what it uses has to be inside */
// Carries values between the preload's isolated world and the page's main world: copies, wrapped functions, promises.
// Two worlds of one document share the DOM but no objects; a CustomEvent is synchronous and clones its `detail`.
// Injected into both worlds by its source text: it must not refer to anything outside itself.

export interface WorldBridge {
  /** Sends a value to the other world under a key. The other world's `onExpose` gets it at once. */
  expose(key: string, value: unknown): void;
}

export function createWorldBridge(outgoing: string, incoming: string, onExpose: (key: string, value: unknown) => void): WorldBridge {
  type Packed =
    | { readonly kind: 'value'; readonly value: unknown }
    | { readonly kind: 'function' | 'promise'; readonly id: number }
    | { readonly kind: 'error'; readonly message: string }
    | { readonly kind: 'list'; readonly items: readonly Packed[] }
    | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Packed])[] };
  type Message =
    | { readonly kind: 'expose'; readonly key: string; readonly value: Packed }
    | { readonly kind: 'call'; readonly call: number; readonly id: number; readonly args: readonly Packed[] }
    | { readonly kind: 'return' | 'settle'; readonly call: number; readonly ok: boolean; readonly value: Packed };
  type AnyFunction = (...args: unknown[]) => unknown;

  const ownFunctions = new Map<number, AnyFunction>();
  const ownIds = new WeakMap<AnyFunction, number>();
  const foreignFunctions = new Map<number, AnyFunction>();
  const returned = new Map<number, { ok: boolean; value: Packed }>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let last = 0;

  const dispatch = (message: Message): void => void document.dispatchEvent(new CustomEvent(outgoing, { detail: message }));
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  function pack(value: unknown): Packed {
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value === 'function') {
      const id = ownIds.get(value as AnyFunction) ?? ++last;
      ownIds.set(value as AnyFunction, id);
      ownFunctions.set(id, value as AnyFunction);
      return { kind: 'function', id };
    }
    if (value instanceof Promise) {
      const id = ++last;
      value.then(
        (result) => dispatch({ kind: 'settle', call: id, ok: true, value: pack(result) }),
        (error: unknown) => dispatch({ kind: 'settle', call: id, ok: false, value: pack(messageOf(error)) }),
      );
      return { kind: 'promise', id };
    }
    if (value instanceof Error) return { kind: 'error', message: value.message }; // class and own properties are lost in Electron too
    if (Array.isArray(value)) return { kind: 'list', items: value.map(pack) };
    if (Object.prototype.toString.call(value) === '[object Object]') {
      return { kind: 'object', entries: Object.entries(value as object).map(([key, item]) => [key, pack(item)] as const) };
    }
    return { kind: 'value', value: structuredClone(value) }; // Map, Set, Date, typed arrays; throws for the rest
  }

  function foreignFunction(id: number): AnyFunction {
    return (...args) => {
      const call = ++last;
      dispatch({ kind: 'call', call, id, args: args.map(pack) });
      const result = returned.get(call); // already here: events are synchronous
      returned.delete(call);
      if (!result) throw new Error('the other world of the page did not answer');
      if (result.ok) return unpack(result.value);
      throw new Error(String(unpack(result.value)));
    };
  }

  function unpack(packed: Packed): unknown {
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'error':
        return new Error(packed.message);
      case 'list':
        return packed.items.map(unpack);
      case 'object':
        return Object.fromEntries(packed.entries.map(([key, item]) => [key, unpack(item)]));
      case 'promise':
        return new Promise((resolve, reject) => promises.set(packed.id, { resolve, reject }));
      case 'function': {
        const wrapper = foreignFunctions.get(packed.id) ?? foreignFunction(packed.id);
        foreignFunctions.set(packed.id, wrapper);
        return wrapper;
      }
      default:
        throw new Error('the other world of the page sent what cannot be read');
    }
  }

  function answer(message: Extract<Message, { kind: 'call' }>): void {
    let ok = true;
    let value: Packed;
    try {
      value = pack(ownFunctions.get(message.id)?.(...message.args.map(unpack)));
    } catch (error) {
      ok = false;
      value = pack(messageOf(error));
    }
    dispatch({ kind: 'return', call: message.call, ok, value });
  }

  document.addEventListener(incoming, (event) => {
    const message = (event as CustomEvent<Message>).detail;
    if (message.kind === 'expose') return onExpose(message.key, unpack(message.value));
    if (message.kind === 'call') return answer(message);
    if (message.kind === 'return') return void returned.set(message.call, { ok: message.ok, value: message.value });
    const promise = promises.get(message.call);
    promises.delete(message.call);
    if (message.ok) promise?.resolve(unpack(message.value));
    else promise?.reject(new Error(String(unpack(message.value))));
  });

  return { expose: (key, value) => dispatch({ kind: 'expose', key, value: pack(value) }) };
}
