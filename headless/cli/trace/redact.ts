/**
 * What of an exchange may lie on a disk. Numbers of a chip can begin in one response and end in the next, so that no pattern finds
 * them all: of APDUs only what names the command and its outcome stays, the data becomes its length.
 */
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** Header, the tag of a STORE DATA (SGP.22 v2.5 §5.7.2), the length of the data. Selecting an application names nobody. */
export function redactCommand(command: Uint8Array): string {
  const [, instruction] = command;
  if (instruction === 0xa4 || command.length <= 5) return hex(command);
  const tag = instruction === 0xe2 ? ` ${hex(command.subarray(5, 7))}` : '';
  return `${hex(command.subarray(0, 4))} ${command.length - 5} bytes${tag}`;
}

/** The length of the data and the status word. */
export function redactResponse(response: Uint8Array): string {
  const status = hex(response.subarray(-2));
  return response.length <= 2 ? status : `${response.length - 2} bytes ${status}`;
}

/**
 * Long runs of digits and hex digits are identifiers, messages or bytes of a card; quoted text after the commands of PINs is a PIN, after
 * that of codes what the network says of a line, and after that of authentication a name and a password.
 */
export function redactAt(line: string): string {
  return line
    .replace(/(\+(?:CPIN2?|CLCK|CPWD|CPIN|CUSD|CGAUTH)\b[^"]*)(".*)$/iu, '$1…')
    .replaceAll(/\b[0-9a-f]{14,}\b/giu, (run) => `<${run.length} digits>`)
    .replaceAll(/\+?\d{7,}/gu, (run) => `<${run.length} digits>`);
}

const openNames: ReadonlySet<string> = new Set(
  (
    'code state kind period planId months amountMinor currency savingPercent trial name version defined status message ' +
    'dataBytes voiceMinutes smsCount left total unlimited taxPercent attempt reason createdAt expiresAt paidAt fulfilledAt verifiedAt ' +
    'validUntil validFrom asOf at endsAt newEnd currentEnd channel language'
  ).split(' '),
);

/** Only values under names that cannot carry a secret stay. What is no JSON becomes its length. */
export function redactJson(text: string | null): unknown {
  if (text === null || text === '') return null;
  try {
    return redactValue(JSON.parse(text) as unknown);
  } catch {
    return `<${text.length} characters>`;
  }
}

function redactValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' || typeof value === 'number' ? '…' : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      openNames.has(name) && (typeof inner !== 'object' || inner === null) ? inner : redactValue(inner),
    ]),
  );
}

export function redactUrl(address: string): string {
  const url = URL.parse(address);
  return url === null ? '…' : `${url.origin}${url.pathname}`;
}
