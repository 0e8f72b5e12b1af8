import { platform } from 'node:process';
import { implement, ORPCError } from '@orpc/server';
import { errorTable, LebError, type ErrorDetails } from '#contract/errors.ts';
import { deskContract } from '#contract/desk/index.ts';
import type { AccountKeeper } from './account/account-keeper.ts';
import type { ServiceClient } from './account/service-client.ts';
import type { DeviceRegistry } from './devices/device-registry.ts';
import type { AccountService } from './embedded/account-service.ts';
import { links } from './links.ts';
import type { Log } from './log.ts';
import type { Shell } from './ports.ts';
import { toLebError } from './problem.ts';
import type { RenewalKeeper } from './renewal/renewal-keeper.ts';
import type { SettingsKeeper } from './settings/settings-keeper.ts';
import type { TaskRunner } from './tasks/task-runner.ts';

export type DeskParts = {
  readonly shell: Shell;
  readonly log: Log;
  readonly settings: SettingsKeeper;
  readonly registry: DeviceRegistry;
  readonly tasks: TaskRunner;
  readonly service: AccountService;
  readonly client: ServiceClient;
  readonly account: AccountKeeper;
  readonly renewals: RenewalKeeper;
  /** Begins everything that needs the account service; only the first call does something. */
  readonly useAccount: () => void;
};

export type DeskRouter = ReturnType<typeof createDeskRouter>;

/** The one implementation of the contract between a shell and the application. Every shell carries it as it is. */
export function createDeskRouter(parts: DeskParts) {
  const { shell, log, settings, registry, tasks, client, account, renewals } = parts;
  const desk = implement(deskContract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      throw toTypedError(error, path, log);
    }
  });
  const onAccount = desk.account.use(async ({ next }) => {
    parts.useAccount();
    return next();
  });
  const onRenewal = desk.renewal.use(async ({ next }) => {
    parts.useAccount();
    return next();
  });

  return desk.router({
    system: {
      describe: desk.system.describe.handler(() => ({
        version: shell.version,
        shell: shell.kind,
        platform,
        systemLanguage: shell.systemLanguage,
        virtualBench: shell.virtualBench,
      })),
      openLink: desk.system.openLink.handler(async ({ input }) => {
        if (input.link !== 'supportMail') return open(links[input.link]);
        parts.useAccount();
        await account.ready();
        const { service } = account.snapshot.value;
        if (service === null) throw new LebError('SERVICE_UNREACHABLE');
        return open(`mailto:${encodeURIComponent(service.supportEmail).replace('%40', '@')}`);
      }),
    },
    devices: {
      watch: desk.devices.watch.handler(({ signal }) => registry.snapshot.subscribe(signal)),
      refresh: desk.devices.refresh.handler(({ input }) => registry.refresh(input.deviceId)),
      forget: desk.devices.forget.handler(({ input }) => registry.forget(input.deviceId)),
    },
    profiles: {
      enable: desk.profiles.enable.handler(({ input: { deviceId, iccid } }) => start(deviceId, { kind: 'profile.enable', iccid })),
      disable: desk.profiles.disable.handler(({ input: { deviceId, iccid } }) => start(deviceId, { kind: 'profile.disable', iccid })),
      delete: desk.profiles.delete.handler(({ input: { deviceId, ...rest } }) => start(deviceId, { kind: 'profile.delete', ...rest })),
      rename: desk.profiles.rename.handler(({ input: { deviceId, ...rest } }) => start(deviceId, { kind: 'profile.rename', ...rest })),
    },
    modem: {
      send: desk.modem.send.handler(async ({ input }) => {
        const device = registry.find(input.deviceId);
        const modem = device.modem();
        if (modem === null) throw new LebError('DEVICE_UNSUITABLE', { deviceId: input.deviceId });
        const { busyTaskId } = device.view();
        if (busyTaskId !== null) throw new LebError('DEVICE_BUSY', { taskId: busyTaskId });
        const answer = await modem.send(input.command);
        return { lines: [...answer.lines], final: answer.final };
      }),
    },
    tasks: {
      watch: desk.tasks.watch.handler(({ signal }) => tasks.tasks.subscribe(signal)),
      cancel: desk.tasks.cancel.handler(({ input }) => tasks.cancel(input.taskId)),
    },
    account: {
      watch: onAccount.watch.handler(({ signal }) => account.snapshot.subscribe(signal)),
      refresh: onAccount.refresh.handler(async () => {
        await account.ready();
        await account.refresh();
      }),
      register: onAccount.register.handler(({ input }) => account.register(input.login, input.password)),
      signIn: onAccount.signIn.handler(({ input }) => account.signIn(input.login, input.password)),
      signOut: onAccount.signOut.handler(() => account.signOut()),
      forgotPassword: onAccount.forgotPassword.handler(({ input }) =>
        client.passwordResets.request({ login: input.login, language: language(parts) }),
      ),
      claimLine: onAccount.claimLine.handler(async ({ input }) => {
        const line = await account.signedIn(() => client.lines.claim(input));
        await account.refresh();
        return line;
      }),
      contactSupport: onAccount.contactSupport.handler(({ input }) => account.signedIn(() => client.support.create(input))),
    },
    renewal: {
      options: onRenewal.options.handler(({ input }) => account.signedIn(() => client.lines.options(input))),
      quote: onRenewal.quote.handler(({ input }) => account.signedIn(() => client.quotes.create(input))),
      start: onRenewal.start.handler(({ input }) => renewals.start(input.quote)),
      openPage: onRenewal.openPage.handler(({ input }) => renewals.openPage(input.orderId, input.fresh)),
      check: onRenewal.check.handler(({ input }) => renewals.check(input.orderId)),
      cancel: onRenewal.cancel.handler(({ input }) => renewals.cancel(input.orderId)),
      watch: onRenewal.watch.handler(({ input, signal }) => renewals.watch(input.orderId, signal)),
    },
    settings: {
      watch: desk.settings.watch.handler(({ signal }) => settings.settings.subscribe(signal)),
      update: desk.settings.update.handler(({ input }) => {
        const changed = settings.update(input);
        if (input.language !== undefined) void account.tellLanguage();
        return changed;
      }),
    },
  });

  async function open(url: string): Promise<{ opened: boolean; url: string }> {
    return { opened: await shell.openExternal(url).catch(() => false), url };
  }

  function start(...change: Parameters<TaskRunner['startProfileChange']>): { taskId: string } {
    return { taskId: tasks.startProfileChange(...change) };
  }
}

/** The language that the person reads, for mails that the service writes. */
export function language({ shell, settings }: Pick<DeskParts, 'shell' | 'settings'>): Shell['systemLanguage'] {
  const chosen = settings.settings.value.language;
  return chosen === 'system' ? shell.systemLanguage : chosen;
}

/** Input that does not fit the contract is the caller's fault; whatever else is not of the table is ours, and is only logged. */
function toTypedError(error: unknown, path: readonly string[], log: Log): ORPCError<string, ErrorDetails> {
  const known =
    error instanceof ORPCError && error.code === 'BAD_REQUEST'
      ? new LebError('INPUT_INVALID', { field: firstField(error.data) }, { cause: error })
      : toLebError(error);
  if (known.code === 'INTERNAL') log.error(`desk.${path.join('.')}`, known.cause ?? known);
  return new ORPCError(known.code, { status: errorTable[known.code].status, data: known.details, message: known.code, cause: known });
}

function firstField(data: unknown): string {
  const issues: unknown = typeof data === 'object' && data !== null && 'issues' in data ? data.issues : null;
  const first: unknown = Array.isArray(issues) ? issues[0] : null;
  const path: unknown = typeof first === 'object' && first !== null && 'path' in first ? first.path : null;
  return Array.isArray(path) ? path.map(String).join('.') : '';
}
