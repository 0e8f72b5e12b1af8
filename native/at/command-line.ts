/** One of the commands on a line, `AT+CREG?;+CSQ` having two of them (ITU-T V.250 §5.2.1). */
export type CommandPart = {
  /** In capitals, with its sign: `+CREG`. */
  readonly name: string;
  readonly form: 'execute' | 'read' | 'test' | 'set';
};

/** Where one command ends and the next begins: at each semicolon that is not inside quotes. */
export function splitCommandLine(line: string): readonly string[] {
  const body = /^at/i.test(line) ? line.slice(2) : line;
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < body.length; index += 1) {
    if (body[index] === '"') quoted = !quoted;
    else if (body[index] === ';' && !quoted) {
      parts.push(body.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(body.slice(start).trim());
  return parts.filter((part) => part !== '');
}

/** The names and forms of the commands on a line. Basic commands (`ATE1`) have no sign and take everything after their letter as `set`. */
export function parseCommandLine(line: string): readonly CommandPart[] {
  return splitCommandLine(line).map((part) => {
    const match = /^([+^#%!*$][A-Z0-9_]*|&?[A-Z]?)(\?|=\?|=)?/i.exec(part);
    const name = (match?.[1] ?? '').toUpperCase();
    switch (match?.[2]) {
      case '?':
        return { name, form: 'read' };
      case '=?':
        return { name, form: 'test' };
      case '=':
        return { name, form: 'set' };
      default:
        return { name, form: name.length === part.length ? 'execute' : 'set' };
    }
  });
}

/** The command's names without arguments, for errors and traces: arguments can hold a PIN or an APDU. */
export function commandLabel(line: string, parts: readonly CommandPart[] = parseCommandLine(line)): string {
  return `AT${parts.map((part) => part.name).join(';')}`.slice(0, 80);
}

/**
 * Deadlines in milliseconds for commands that a network or a card has a part in; what stands nowhere here takes three seconds.
 * The values lie above the longest times that manufacturers name.
 */
const deadlines: ReadonlyMap<string, number> = new Map([
  ['+CPIN', 30_000],
  ['+CREG', 10_000],
  ['+CGREG', 10_000],
  ['+CEREG', 10_000],
  ['+C5GREG', 10_000],
  ['+CRSM', 20_000],
  ['+CSIM', 30_000],
  ['+CIMI', 20_000],
  ['+QCCID', 10_000],
  ['+CCID', 10_000],
  ['+ICCID', 10_000],
  ['+COPS', 180_000],
  ['+CFUN', 40_000],
  ['+CGATT', 150_000],
  ['&F', 15_000],
  ['&W', 15_000],
  ['+CNUM', 20_000],
  // What looks for a network anew, or for another card.
  ['+WS46', 20_000],
  ['+QNWPREFCFG', 15_000],
  ['+QCFG', 15_000],
  ['+CNMP', 20_000],
  ['+GTACT', 20_000],
  ['+XACT', 20_000],
  ['!SELRAT', 20_000],
  ['+URAT', 15_000],
  ['+UACT', 15_000],
  ['^SYSCFGEX', 30_000],
  ['+ZSNT', 20_000],
  ['#BND', 15_000],
  ['+QUIMSLOT', 15_000],
  ['+GTDUALSIM', 15_000],
  ['+SMSIMCFG', 15_000],
  ['!UIMS', 15_000],
  ['+CGACT', 150_000],
  ['+CMGS', 120_000],
  ['+CMGW', 60_000],
  ['+CMGL', 60_000],
  ['+CUSD', 60_000],
  ['+CLCK', 60_000],
  ['+CPWD', 60_000],
  ['+CCHO', 30_000],
  ['+CGLA', 240_000],
  ['+CCHC', 30_000],
  ['D', 60_000],
]);
const scanDeadline = 320_000;
const operatorReadDeadline = 10_000;
const ordinaryDeadline = 3_000;

/** How long the answer to a line may take, in milliseconds: the longest of its commands. */
export function commandDeadline(line: string, parts: readonly CommandPart[] = parseCommandLine(line)): number {
  let longest = ordinaryDeadline;
  for (const part of parts) {
    let deadline = deadlines.get(part.name) ?? ordinaryDeadline;
    if (part.name === '+COPS' && part.form === 'test') deadline = scanDeadline;
    if (part.name === '+COPS' && part.form === 'read') deadline = operatorReadDeadline;
    longest = Math.max(longest, deadline);
  }
  return longest;
}
