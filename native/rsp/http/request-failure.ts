import { DeviceError, type ErrorDetails } from '../../errors.ts';

/** How Node and OpenSSL call a certificate that does not hold (`X509_V_ERR_…` without its beginning), and our own code beside them. */
const certificateFailure =
  /^(?:CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_|ERROR_IN_CERT_)/;

/** What a request that got no answer means for the person. `reason` in the details is the system's own code. */
export function requestFailure(error: unknown, facts: ErrorDetails): DeviceError {
  const code = codeOf(error);
  return new DeviceError(
    certificateFailure.test(code) ? 'PROFILE_SERVER_UNTRUSTED' : 'PROFILE_SERVER_UNREACHABLE',
    { ...facts, reason: code },
    { cause: error },
  );
}

/** Several addresses may have been tried: then the first failure speaks for all. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'unknown';
}
