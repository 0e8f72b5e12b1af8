import { z } from 'zod';
import { language, procedure } from '../common.ts';
import { account, accountDeletion, addressCode, session, sessionEntry } from './account.ts';
import { accountExport } from './export.ts';
import { login, password } from './login.ts';

export const accountsProcedures = {
  register: procedure
    .route({ method: 'POST', path: '/v1/accounts', successStatus: 201, summary: 'Open an account and sign in' })
    .input(z.object({ login, password, language }))
    .output(session),
  show: procedure.route({ method: 'GET', path: '/v1/account' }).output(account),
  update: procedure
    .route({ method: 'PATCH', path: '/v1/account' })
    // Without the second an application tells its own language, which counts as long as the person has chosen none.
    .input(z.object({ language, languageFollows: z.boolean().optional() }))
    .output(account),
  /** Ends every session; the answer is a new one for whoever asked. */
  changePassword: procedure
    .route({ method: 'POST', path: '/v1/account/password' })
    .input(z.object({ currentPassword: password, newPassword: password }))
    .output(session),
  export: procedure.route({ method: 'GET', path: '/v1/account/export', summary: 'What is stored' }).output(accountExport),
  /** For good. An order that is paid and not yet applied is waited for: ORDER_IN_PROGRESS. */
  delete: procedure.route({ method: 'POST', path: '/v1/account/deletion' }).input(z.object({ password })).output(accountDeletion),
};

export const addressesProcedures = {
  /** Sends a code to the new address; nothing changes before it comes back. Always the same answer, whoever has the address now. */
  change: procedure
    .route({ method: 'POST', path: '/v1/account/address-changes', successStatus: 202 })
    .input(z.object({ address: login, password }))
    .output(addressCode),
  /** Sends a code to an address that the account has. */
  verify: procedure
    .route({ method: 'POST', path: '/v1/account/verifications', successStatus: 202 })
    .input(z.object({ kind: addressCode.shape.kind }))
    .output(addressCode),
  /** Brings the code: the address that it was sent to is the account's, and verified. */
  confirm: procedure
    .route({ method: 'POST', path: '/v1/account/addresses' })
    .input(
      z.object({
        code: z
          .string()
          .trim()
          .regex(/^\d{6}$/),
      }),
    )
    .output(account),
};

export const sessionsProcedures = {
  signIn: procedure
    .route({ method: 'POST', path: '/v1/sessions', successStatus: 201 })
    .input(z.object({ login, password }))
    .output(session),
  signOut: procedure.route({ method: 'DELETE', path: '/v1/sessions/current', successStatus: 204 }).output(z.void()),
  /** The one that asks first, then the others, last used first. */
  list: procedure.route({ method: 'GET', path: '/v1/sessions' }).output(z.array(sessionEntry)),
  /** One that has ended already is ended too. */
  end: procedure
    .route({ method: 'DELETE', path: '/v1/sessions/{sessionId}', successStatus: 204 })
    .input(z.object({ sessionId: z.string().min(1).max(64) }))
    .output(z.void()),
  endOthers: procedure.route({ method: 'POST', path: '/v1/sessions/end-others' }).output(z.object({ ended: z.int() })),
};

export const passwordResetsProcedures = {
  /** Always the same answer, whether the account exists or not. */
  request: procedure
    .route({ method: 'POST', path: '/v1/password-resets', successStatus: 202 })
    .input(z.object({ login, language }))
    .output(z.object({ validMinutes: z.int() })),
  /** Used by the service's own page; ends every session of the account. */
  redeem: procedure
    .route({ method: 'POST', path: '/v1/password-resets/redeem', successStatus: 204 })
    .input(z.object({ token: z.string().min(20).max(200), password }))
    .output(z.void()),
};
