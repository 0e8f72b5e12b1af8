import type { Stripe } from 'stripe';

/** The body of an error answer, as far as this stand-in fills it. */
type ErrorBody = Pick<Stripe.StripeRawError, 'type' | 'message'> & { readonly code?: string; readonly param?: string };

/** A refusal as Stripe's API words it: an HTTP status and the `error` object of the answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message ?? body.type);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

export function invalidRequest(message: string, details: { readonly code?: string; readonly param?: string } = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...details });
}

/** Retrieving something unknown is a 404; naming it in a parameter is a 400 that says which. */
export function missingResource(kind: string, id: string, param?: string): ApiError {
  return new ApiError(param === undefined ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param: param ?? 'id',
  });
}
