/** What the modem writes to its port. Nothing leaves a modem without power. */
export type ModemOutput = {
  /** Bytes as they are. */
  write(bytes: Uint8Array): void;
  /** Lines that belong together, each between line ends of its own (ITU-T V.250 §5.7.1 with V1). */
  say(lines: string): void;
  setPower(on: boolean): void;
  /** One listener. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
};

export function makeModemOutput(): ModemOutput {
  let listener: ((bytes: Uint8Array) => void) | null = null;
  let isOn = false;
  function write(bytes: Uint8Array): void {
    if (isOn) listener?.(bytes);
  }
  return {
    write,
    say: (lines) => write(Buffer.from(`\r\n${lines}\r\n`)),
    setPower(on) {
      isOn = on;
    },
    onBytes(next) {
      listener = next;
    },
  };
}
