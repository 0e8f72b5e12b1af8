// oRPC sends JSON text over a port unless it is given a transfer list. With a list (even an empty one) the message is cloned
// instead, so that bytes stay bytes; but then event iterators do not work. So: a list exactly for messages that hold bytes.
function holdsBytes(value: unknown): boolean {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true;
  if (Array.isArray(value)) return value.some(holdsBytes);
  return (
    value !== null &&
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(value).some(holdsBytes)
  );
}

/** For the option `experimental_transfer` of oRPC's RPCLink and RPCHandler. */
export function cloneWhenBytes(message: readonly unknown[]): [] | null {
  return holdsBytes(message) ? [] : null;
}
