/** `<class>` is a sum (3GPP TS 27.007 §7.4); 7 is all of the first three. */
const classNames = ['voice', 'data', 'fax', 'sms', 'data-circuit-sync', 'data-circuit-async', 'packet', 'pad'];

export function serviceClasses(number: number | null): readonly string[] {
  return number === null ? [] : classNames.filter((_, bit) => (number & (1 << bit)) !== 0);
}
