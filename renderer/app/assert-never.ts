/** Ends an exhaustive switch: the compiler refuses a case that was forgotten. Throws if the outside sends what the contract does not have. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
