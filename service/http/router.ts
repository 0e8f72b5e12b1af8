/** The contract, implemented: each procedure is one line to the room that does the work. */
import { implement, ORPCError } from '@orpc/server';
import { z } from 'zod';
import { accountContract } from '#contract/account/index.ts';
import { errorTable, LebError, type ErrorCode, type ErrorDetails } from '#contract/errors.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { register, signIn, signOut, updateLanguage } from '../accounts/accounts.ts';
import { confirmAddress, requestAddressChange, requestVerification } from '../accounts/addresses.ts';
import { accountLimit, countAttempt } from '../accounts/attempts.ts';
import { changePassword } from '../accounts/change-password.ts';
import { deleteAccount } from '../accounts/delete-account.ts';
import { exportAccount } from '../accounts/export-account.ts';
import { redeemReset, requestReset } from '../accounts/password-resets.ts';
import { sampleAccount } from '../accounts/sample-account.ts';
import { authenticate, endOtherSessions, endSession, listSessions, toAccount, type Caller } from '../accounts/sessions.ts';
import { readPlans } from '../catalogue/prices.ts';
import { claimLine, listLines, renameLine } from '../lines/lines.ts';
import { createOrder, createQuote, renewalOptions } from '../orders/create-order.ts';
import { listOrders, showOrder } from '../orders/order-store.ts';
import { cancelOrder, checkOrder, paymentPage } from '../orders/payment-page.ts';
import type { Parts } from '../parts.ts';
import { createSupportRequest } from '../support/support.ts';

export type RequestContext = Caller & { readonly authorization: string | undefined };

const issuesShape = z.object({ issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])).optional() })) });

function wire(code: ErrorCode, details: ErrorDetails): ORPCError<string, unknown> {
  return new ORPCError(code, { defined: true, status: errorTable[code].status, message: code, data: details });
}

/** Which field of the input is wrong, as far as the schema tells. */
function firstIssue(data: unknown): ErrorDetails {
  const path = issuesShape.safeParse(data).data?.issues[0]?.path;
  return path === undefined || path.length === 0 ? {} : { field: path.join('.') };
}

/** An error of the table as oRPC carries it: code, status and details in a JSON body of one shape. */
export function toWireError(error: unknown, parts: Parts): ORPCError<string, unknown> {
  if (error instanceof LebError) {
    if (error.cause !== undefined) parts.log.warn({ err: error.cause, code: error.code, details: error.details }, 'a request failed');
    return wire(error.code, error.details);
  }
  if (error instanceof ORPCError) {
    if (error.status >= 400 && error.status < 500) return wire('INPUT_INVALID', firstIssue(error.data));
  }
  parts.log.error({ err: error }, 'a request failed for an unforeseen reason');
  return wire('INTERNAL', {});
}

/** The router, for the OpenAPI handler. */
export function accountRouter(parts: Parts) {
  const { database, carrier, config } = parts;
  const open = implement(accountContract)
    .$context<RequestContext>()
    .use(async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        throw toWireError(error, parts);
      }
    });
  const known = open.use(async ({ next, context }) => next({ context: await authenticate(database, context.authorization, Date.now()) }));

  return open.router({
    service: {
      describe: open.service.describe.handler(() => ({
        name: 'LEB',
        version: packageJson.version,
        trial: config.trial,
        sample: config.trial ? sampleAccount : null,
        supportEmail: config.mail.supportEmail,
        paymentMethods: [...config.stripe.paymentMethods],
      })),
    },
    accounts: {
      register: open.accounts.register.handler(({ input, context }) => register(parts, input, context)),
      show: known.accounts.show.handler(({ context }) => toAccount(context.account)),
      update: known.accounts.update.handler(({ input, context }) => updateLanguage(database, context.account, input)),
      changePassword: known.accounts.changePassword.handler(({ input, context }) => changePassword(parts, context.account, input, context)),
      export: known.accounts.export.handler(async ({ context }) => {
        await countAttempt(database, [accountLimit('export', context.account.id)], Date.now());
        return exportAccount(database, context.account, context.tokenHash);
      }),
      delete: known.accounts.delete.handler(({ input, context }) => deleteAccount(parts, context.account, input.password, context)),
    },
    addresses: {
      change: known.addresses.change.handler(({ input, context }) => requestAddressChange(parts, context.account, input, context)),
      verify: known.addresses.verify.handler(({ input, context }) => requestVerification(parts, context.account, input.kind)),
      confirm: known.addresses.confirm.handler(({ input, context }) => confirmAddress(parts, context.account, input.code)),
    },
    sessions: {
      signIn: open.sessions.signIn.handler(({ input, context }) => signIn(database, input, context)),
      signOut: known.sessions.signOut.handler(({ context }) => signOut(database, context.tokenHash)),
      list: known.sessions.list.handler(({ context }) => listSessions(database, context.account.id, context.tokenHash, Date.now())),
      end: known.sessions.end.handler(({ input, context }) => endSession(database, context.account.id, input.sessionId)),
      endOthers: known.sessions.endOthers.handler(({ context }) => endOtherSessions(database, context.account.id, context.tokenHash)),
    },
    passwordResets: {
      request: open.passwordResets.request.handler(({ input, context }) =>
        requestReset(parts, input.login, input.language, context.address),
      ),
      redeem: open.passwordResets.redeem.handler(({ input, context }) => redeemReset(parts, input.token, input.password, context.address)),
    },
    lines: {
      list: known.lines.list.handler(({ context }) => listLines(database, carrier, context.account.id)),
      claim: known.lines.claim.handler(async ({ input, context }) => {
        await countAttempt(database, [accountLimit('claim', context.account.id)], Date.now());
        const login = context.account.email ?? context.account.phone ?? '';
        return claimLine(database, carrier, { accountId: context.account.id, login }, input);
      }),
      rename: known.lines.rename.handler(({ input, context }) => renameLine(database, carrier, context.account.id, input)),
      options: known.lines.options.handler(({ input, context }) => renewalOptions(parts, context.account.id, input.lineId)),
    },
    plans: {
      list: known.plans.list.handler(async () => (await readPlans(database)).filter((plan) => plan.active)),
    },
    quotes: {
      create: known.quotes.create.handler(({ input, context }) => createQuote(parts, context.account.id, input)),
    },
    orders: {
      create: known.orders.create.handler(({ input, context }) => createOrder(parts, context.account.id, input)),
      list: known.orders.list.handler(({ context }) => listOrders(database, context.account.id)),
      show: known.orders.show.handler(({ input, context }) => showOrder(database, context.account.id, input.orderId)),
      pay: known.orders.pay.handler(({ input, context }) => paymentPage(parts, context.account, input.orderId, input.fresh)),
      check: known.orders.check.handler(({ input, context }) => checkOrder(parts, context.account.id, input.orderId)),
      cancel: known.orders.cancel.handler(({ input, context }) => cancelOrder(parts, context.account.id, input.orderId)),
    },
    support: {
      create: known.support.create.handler(async ({ input, context }) => {
        await countAttempt(database, [accountLimit('support', context.account.id)], Date.now());
        return createSupportRequest(parts, context.account, input);
      }),
    },
  });
}
