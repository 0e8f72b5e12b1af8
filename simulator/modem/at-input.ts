/** One command of a command line. */
export type AtRequest =
  | { readonly kind: 'basic'; readonly name: string; readonly number: number }
  | { readonly kind: 'execute' | 'read' | 'test'; readonly name: string }
  | { readonly kind: 'set'; readonly name: string; readonly parameters: readonly string[] };

/**
 * The commands of one line behind its `AT` (ITU-T V.250 §5.4): basic ones follow each other, extended ones are parted by semicolons.
 * Null where the line is no command line or breaks off in the middle.
 */
export function parseCommandLine(line: string): readonly AtRequest[] | null {
  const prefix = /^\s*at/i.exec(line);
  if (prefix === null) return null;
  let rest = line.slice(prefix[0].length).trim();
  const requests: AtRequest[] = [];
  while (rest !== '') {
    const basic = /^(&?[A-Z])(\d*);?/i.exec(rest);
    const taken = basic ?? /^(?:[^;"]|"[^"]*")+;?/.exec(rest);
    if (taken === null) return null;
    if (basic !== null) requests.push({ kind: 'basic', name: (basic[1] ?? '').toUpperCase(), number: Number(basic[2] ?? 0) });
    else {
      const extended = parseExtended(taken[0].replace(/;$/, ''));
      if (extended === null) return null;
      requests.push(extended);
    }
    rest = rest.slice(taken[0].length).trim();
  }
  return requests;
}

function parseExtended(text: string): AtRequest | null {
  const parts = /^([+^$#!%*][A-Z0-9_]+)\s*(=\?|\?|=(.*))?$/i.exec(text.trim());
  if (parts === null) return null;
  const name = (parts[1] ?? '').toUpperCase();
  if (parts[2] === undefined) return { kind: 'execute', name };
  if (parts[2] === '?') return { kind: 'read', name };
  if (parts[2] === '=?') return { kind: 'test', name };
  return { kind: 'set', name, parameters: splitParameters(parts[3] ?? '') };
}

/** Commas inside of quotes part nothing; the quotes go. */
function splitParameters(text: string): readonly string[] {
  return (text.match(/(?:"[^"]*"|[^,"])+|(?<=,|^)(?=,|$)/g) ?? []).map((part) => part.trim().replaceAll('"', ''));
}

/** Bytes of the host as command lines. A backspace takes a character back (ITU-T V.250 §5.2.2), a line feed after the line end is passed over. */
export function makeLineReader(onLine: (line: string) => void): (bytes: Uint8Array) => void {
  const longestLine = 2048;
  let line = '';
  return (bytes) => {
    for (const byte of bytes) {
      if (byte === 0x0d) {
        const whole = line;
        line = '';
        onLine(whole);
      } else if (byte === 0x08) line = line.slice(0, -1);
      else if (byte >= 0x20 && byte < 0x7f && line.length < longestLine) line += String.fromCharCode(byte);
    }
  };
}
