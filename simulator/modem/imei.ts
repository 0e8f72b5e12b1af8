/** An IMEI of the range for test equipment (3GPP TS 23.003 §6.2.1), with its check digit (annex B: Luhn). @param serial up to six digits */
export function makeImei(serial: number): string {
  const body = `00101700${String(serial).padStart(6, '0')}`;
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const digit = Number(body.charAt(index)) * (index % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}
