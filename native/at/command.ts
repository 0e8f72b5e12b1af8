/**
 * One AT command as a pure object: what to send and what the answer means. It does no input or output, so that its test is a table of
 * literal lines.
 */
export type AtCommand<Arguments, Value> = {
  readonly name: string;
  /** Where the command is defined. */
  readonly specification: string;
  /** The whole line, without its line end. */
  encode(args: Arguments): string;
  /**
   * What the lines before the final result say. Lines that belong to other commands are ignored, so that several commands can share a
   * line and each finds its own.
   * @throws DeviceError AT_ANSWER where the answer is missing or cannot be read
   */
  decode(lines: readonly string[]): Value;
};
