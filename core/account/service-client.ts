import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { accountContract } from '#contract/account/index.ts';
import { errorDetails } from '#contract/common.ts';
import { isErrorCode, LebError } from '#contract/errors.ts';

export type ServiceClient = ContractRouterClient<typeof accountContract>;

/** The service talks to the payment provider in some calls: those may take longer than the rest. */
const deadline = 30_000;

/**
 * The account service, typed by its contract. Every answer is checked against the contract's schemas before anything uses it.
 * `baseUrl` is asked for each call: the embedded service may come back under another port.
 *
 * Every call @throws LebError with the code that the service gave; SERVICE_UNREACHABLE where none answered in time; SERVICE_ANSWER where
 * the answer is not of the contract.
 */
export function createServiceClient(options: {
  readonly baseUrl: () => Promise<string>;
  readonly token: () => string | null;
  readonly version: string;
  /** The shell and the system: by them people recognise the session in the list of theirs. */
  readonly program?: { readonly shell: string; readonly platform: string };
}): ServiceClient {
  const { version, program } = options;
  const userAgent = `leb-companion/${version}${program === undefined ? '' : ` (${program.shell}; ${program.platform})`}`;
  const link = new OpenAPILink(accountContract, {
    url: () => options.baseUrl(),
    headers: () => {
      const token = options.token();
      return {
        'user-agent': userAgent,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      };
    },
    fetch: (request, init) => {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(deadline)]);
      // A redirection is never followed: the token is for the service alone.
      return fetch(request, { ...init, redirect: 'error', signal });
    },
    interceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          throw toServiceError(error);
        }
      },
    ],
    plugins: [new ResponseValidationPlugin(accountContract)],
  });
  return createORPCClient(link);
}

export function toServiceError(error: unknown): LebError {
  if (error instanceof LebError) return error;
  if (error instanceof ORPCError) {
    // Its own failure is to us an answer that we cannot use.
    if (isErrorCode(error.code) && error.code !== 'INTERNAL') {
      const details = errorDetails.safeParse(error.data ?? {});
      return new LebError(error.code, details.success ? details.data : {}, { cause: error });
    }
    return new LebError('SERVICE_ANSWER', { status: error.status }, { cause: error });
  }
  if (error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return new LebError('SERVICE_UNREACHABLE', { reason: 'deadline' }, { cause: error });
  }
  // What `fetch` throws for everything on the way: refused, reset, unknown host, certificate.
  if (error instanceof TypeError) return new LebError('SERVICE_UNREACHABLE', { reason: networkReason(error) }, { cause: error });
  return new LebError('SERVICE_ANSWER', {}, { cause: error });
}

function networkReason(error: TypeError): string {
  const { cause } = error;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' ? code : 'network';
}
