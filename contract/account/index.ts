/**
 * The contract between the application and the account service: plain REST, versioned by path. The OpenAPI document is generated
 * from this file; nothing about it is written by hand. The bearer token of `POST /v1/sessions` authenticates everything but
 * registration, sign-in, password reset and the service's own description.
 */
import { accountsProcedures, addressesProcedures, passwordResetsProcedures, sessionsProcedures } from './accounts.ts';
import { linesProcedures, plansProcedures } from './lines.ts';
import { ordersProcedures, quotesProcedures } from './renewals.ts';
import { serviceProcedures } from './service.ts';
import { supportProcedures } from './support.ts';

export * from './account.ts';
export * from './export.ts';
export * from './lines.ts';
export * from './login.ts';
export * from './renewals.ts';
export * from './service.ts';
export * from './support.ts';

export const accountContract = {
  service: serviceProcedures,
  accounts: accountsProcedures,
  addresses: addressesProcedures,
  sessions: sessionsProcedures,
  passwordResets: passwordResetsProcedures,
  lines: linesProcedures,
  plans: plansProcedures,
  quotes: quotesProcedures,
  orders: ordersProcedures,
  support: supportProcedures,
};
