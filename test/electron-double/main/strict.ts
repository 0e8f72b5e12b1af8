// A double that answers `undefined` for what it does not know makes tests pass for the wrong reason. So it throws.
import { EventEmitter } from 'node:events';

// Keys that the language, Node or an assertion library probe on any object.
const probes = new Set([
  'then',
  'catch',
  'toJSON',
  'constructor',
  '__esModule',
  'default',
  'asymmetricMatch',
  '$$typeof',
  'nodeType',
  'inspect',
  'toString',
  'valueOf',
]);

function refuse(name: string): never {
  throw new Error(`the Electron double does not model ${name}`);
}

/** Wraps `target` so that reading a member it does not have throws. Writing is allowed: apps hang flags on `app`. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (key in object || typeof key === 'symbol' || probes.has(key)) return Reflect.get(object, key, receiver);
      return refuse(`${name}.${key}`);
    },
  });
}

/** A whole module or class that the double does not have: importing it is fine, every use throws. */
export function unmodelled(name: string): never {
  // oxlint-disable-next-line typescript/no-extraneous-class -- a target that can be called and constructed
  return new Proxy(class {}, {
    get: (_object, key) => (typeof key === 'symbol' || probes.has(key) ? undefined : refuse(`${name}.${key}`)),
    construct: () => refuse(`new ${name}()`),
    apply: () => refuse(`${name}()`),
  }) as never;
}

/** The base of every double that emits events. `this` is the strict proxy from the first line of a subclass on. */
export class StrictEmitter extends EventEmitter {
  constructor(name: string) {
    super();
    return strict(name, this);
  }
}

export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** The first argument of Electron's main-process events. */
export function createEvent<T extends object>(details: T = {} as T): T & PreventableEvent {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return strict('Event', event);
}
