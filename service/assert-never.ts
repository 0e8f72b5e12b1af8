/** The end of every switch over a union: the compiler knows that nothing is left, and so does the running program. */
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
