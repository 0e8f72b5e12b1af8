import type { CommandPart } from '../command-line.ts';

/** What a decoder says: numbers in the unit that the field's name carries, `null` for what the modem left out or does not know. */
export type ExplainedValue = null | boolean | number | string | readonly ExplainedValue[] | { readonly [field: string]: ExplainedValue };

export type ExplainedFields = { readonly [field: string]: ExplainedValue };

export type Explanation = {
  /** Which of the decoders spoke: the command's name in small letters, with `-test` for the answer to a test command. */
  readonly kind: string;
  readonly value: ExplainedFields;
};

/** What is known of a line besides itself. */
export type LineContext = {
  /** The command that was sent, where it is known and has to do with the line. */
  readonly command: CommandPart | null;
  /** The maker's name in small letters: `quectel`, `u-blox`. */
  readonly vendor: string | null;
};

/** Explains the lines of one command. Pure; null where the line is not what the specification says. */
export type LineDecoder = {
  readonly kind: string;
  /** What stands in front of the colon, in capitals. Several where vendors gave one command several names. */
  readonly names: readonly string[];
  /** The clause that defines the answer, or the manual. */
  readonly specification: string;
  /** `test`: speaks only of answers to `=?`; else of everything but those. */
  readonly form?: 'test';
  /** What follows the colon, without blanks around it. */
  decode(rest: string, context: LineContext): ExplainedFields | null;
  /** A line without a name in front, of which only the command that was sent says what it is. */
  decodeBare?(line: string, context: LineContext): ExplainedFields | null;
  /** An error that says something of its own after this command (3GPP TS 27.007 §9.2). */
  decodeError?(code: number | null): ExplainedFields | null;
  /** What an answer without any line says: that there is none of what was asked for. */
  readonly empty?: ExplainedFields;
  /** Puts a further line of one answer to what the lines before it said; where absent, lists grow and other values are replaced. */
  merge?(before: ExplainedFields, further: ExplainedFields): ExplainedFields;
  /** A text between quotes can hold line ends, and its line goes on after them. */
  readonly spansLines?: true;
  /**
   * A line that follows and belongs to it, the PDU or the text of a message: what both say together. Null where it does not belong.
   */
  readonly body?: (value: ExplainedFields, line: string) => ExplainedFields | null;
};
