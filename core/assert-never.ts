/** The end of a switch that knows every case: the compiler holds that nothing arrives here, and data that lies is not passed over. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value ${JSON.stringify(value)}`);
}
