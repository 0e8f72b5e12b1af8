/**
 * What a function refuses with: subject and reason code as SGP.22 v2.5 §5.2.6 numbers them. They are texts, because 3.1 is not 3.10.
 * The client gets both, and the sentence as the server's message.
 */
export class StatusError extends Error {
  readonly subjectCode: string;
  readonly reasonCode: string;

  constructor(codes: `${string}/${string}`, message: string) {
    super(message);
    this.name = 'StatusError';
    [this.subjectCode = '', this.reasonCode = ''] = codes.split('/');
  }
}
