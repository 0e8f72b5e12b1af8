import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { authenticateClient } from './authenticate-client.ts';
import { beginAuthentication } from './authentication.ts';
import { cancelSession } from './cancel-session.ts';
import { getBoundProfilePackage } from './get-bound-profile-package.ts';
import { handleNotification } from './handle-notification.ts';
import type { RspFunction } from './rsp-server.ts';
import type { SmdpContext } from './smdp-session.ts';

/** The functions of ES9+ by the names of their paths (SGP.22 v2.5 §6.5.2). */
export function makeSmdpFunctions(context: SmdpContext): Readonly<Record<string, RspFunction>> {
  return {
    initiateAuthentication(request) {
      const { challenge, answer } = beginAuthentication(context.authenticator, request);
      context.sessions.open(bytesToHex(challenge.transactionId), { step: 'initiated', challenge });
      return answer;
    },
    authenticateClient: (request) => authenticateClient(context, request),
    getBoundProfilePackage: (request) => getBoundProfilePackage(context, request),
    cancelSession: (request) => cancelSession(context, request),
    handleNotification(request) {
      handleNotification(context, request);
      return null;
    },
  };
}
