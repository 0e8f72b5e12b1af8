/** The command line itself is wrong. The message is already in the person's language. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
