import { platform } from 'node:process';
import { implement, ORPCError } from '@orpc/server';
import { errorTable, LebError, type ErrorDetails } from '#contract/errors.ts';
import type { Picture } from '#contract/desk/devices.ts';
import { deskContract } from '#contract/desk/index.ts';
import type { AccountKeeper } from './account/account-keeper.ts';
import type { ServiceClient } from './account/service-client.ts';
import type { DeviceRegistry } from './devices/device-registry.ts';
import type { ManagedDevice } from './devices/managed-device.ts';
import { sendApdu } from './devices/send-apdu.ts';
import type { AccountService } from './embedded/account-service.ts';
import { links } from './links.ts';
import type { Log } from './log.ts';
import { createModemFunctions } from './modem/modem-functions.ts';
import { scanJob, selectNetworkJob } from './modem/network-jobs.ts';
import { freeChannelsJob } from './modem/free-channels-job.ts';
import { factoryResetJob, restartJob } from './modem/restart-job.ts';
import type { MessageFollower } from './messages/follow-messages.ts';
import type { MessageKeeper } from './messages/message-keeper.ts';
import { openModemOf } from './modem/modem-functions.ts';
import type { Shell } from './ports.ts';
import { toLebError } from './problem.ts';
import { readActivationCode, readPictureWithCode } from './qr/read-activation-code.ts';
import type { RenewalKeeper } from './renewal/renewal-keeper.ts';
import type { SettingsKeeper } from './settings/settings-keeper.ts';
import type { CardParts } from './tasks/card-parts.ts';
import { withCardSession } from './tasks/card-session.ts';
import { changeProfileJob } from './tasks/change-profile-job.ts';
import { discoverJob } from './tasks/discover-job.ts';
import { downloadJob, toPicture } from './tasks/download-job.ts';
import { removeNotificationsJob, sendNotificationsJob } from './tasks/notification-jobs.ts';
import type { ProfileChange } from './tasks/profile-steps.ts';
import { resetMemoryJob } from './tasks/reset-memory-job.ts';
import { setDefaultSmdpJob } from './tasks/set-default-smdp-job.ts';
import type { TaskRunner } from './tasks/task-runner.ts';

export type DeskParts = {
  readonly shell: Shell;
  readonly log: Log;
  readonly settings: SettingsKeeper;
  readonly registry: DeviceRegistry;
  readonly tasks: TaskRunner;
  readonly cards: CardParts;
  readonly messages: MessageKeeper;
  readonly messageFollower: MessageFollower;
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
  const { shell, log, settings, registry, tasks, cards, messages, client, account, renewals } = parts;
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

  const modems = createModemFunctions(free);

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
      enable: desk.profiles.enable.handler(({ input }) => change({ kind: 'profile.enable', ...switching(input) }, input)),
      disable: desk.profiles.disable.handler(({ input }) => change({ kind: 'profile.disable', ...switching(input) }, input)),
      delete: desk.profiles.delete.handler(({ input }) =>
        change({ kind: 'profile.delete', ...switching(input), disableFirst: input.disableFirst }, input),
      ),
      rename: desk.profiles.rename.handler(({ input }) =>
        change({ kind: 'profile.rename', ...onProfile(input), nickname: input.nickname }, input),
      ),
      icon: desk.profiles.icon.handler(({ input, signal }) => readIcon(input, signal)),
      readActivationCode: desk.profiles.readActivationCode.handler(({ input }) => readActivationCode(input.text)),
      readPicture: desk.profiles.readPicture.handler(({ input }) => readPictureWithCode(Buffer.from(input.base64, 'base64'))),
      download: desk.profiles.download.handler(({ input: { deviceId, ...order } }) =>
        start(deviceId, (device) =>
          downloadJob(
            device,
            { ...order, isdrAid: order.isdrAid ?? null, confirmationCode: order.confirmationCode ?? null, imei: order.imei ?? null },
            cards,
          ),
        ),
      ),
      discover: desk.profiles.discover.handler(({ input: { deviceId, isdrAid = null, smdsAddress = null } }) =>
        start(deviceId, (device) => discoverJob(device, { isdrAid, smdsAddress }, cards)),
      ),
    },
    euicc: {
      setDefaultSmdp: desk.euicc.setDefaultSmdp.handler(({ input: { deviceId, isdrAid = null, address } }) =>
        start(deviceId, (device) => setDefaultSmdpJob(device, { isdrAid, address }, cards)),
      ),
      resetMemory: desk.euicc.resetMemory.handler(({ input: { deviceId, isdrAid = null, eid, ...options } }) =>
        start(deviceId, (device) => resetMemoryJob(device, { isdrAid, eid, options }, cards)),
      ),
    },
    notifications: {
      watch: desk.notifications.watch.handler(({ signal }) => cards.outbox.entries.subscribe(signal)),
      send: desk.notifications.send.handler(({ input: { deviceId, isdrAid = null, seqNumbers = null } }) =>
        start(deviceId, (device) => sendNotificationsJob(device, { isdrAid, seqNumbers }, cards)),
      ),
      remove: desk.notifications.remove.handler(({ input: { deviceId, isdrAid = null, seqNumbers } }) =>
        start(deviceId, (device) => removeNotificationsJob(device, { isdrAid, seqNumbers }, cards)),
      ),
      retry: desk.notifications.retry.handler(() => cards.outbox.retry()),
    },
    apdu: {
      send: desk.apdu.send.handler(({ input, signal }) =>
        free(input.deviceId).useCard((access) => sendApdu(access, input.command), signal ?? never),
      ),
    },
    modem: {
      send: desk.modem.send.handler(({ input }) => modems.send(input)),
      simLock: desk.modem.simLock.handler(({ input }) => modems.simLock(input)),
      unlockSim: desk.modem.unlockSim.handler(({ input }) => modems.unlockSim(input)),
      unblockSim: desk.modem.unblockSim.handler(({ input }) => modems.unblockSim(input)),
      setPinRequested: desk.modem.setPinRequested.handler(({ input }) => modems.setPinRequested(input)),
      registration: desk.modem.registration.handler(({ input }) => modems.registration(input)),
      scan: desk.modem.scan.handler(({ input }) => start(input.deviceId, scanJob)),
      selectNetwork: desk.modem.selectNetwork.handler(({ input }) =>
        start(input.deviceId, (device) => selectNetworkJob(device, input.mccMnc)),
      ),
      restart: desk.modem.restart.handler(({ input }) => start(input.deviceId, restartJob)),
      freeChannels: desk.modem.freeChannels.handler(({ input }) => start(input.deviceId, (device) => freeChannelsJob(device, cards))),
      factoryReset: desk.modem.factoryReset.handler(({ input }) => start(input.deviceId, (device) => factoryResetJob(device, input.imei))),
      details: desk.modem.details.handler(({ input }) => modems.details(input)),
      selectSlot: desk.modem.selectSlot.handler(({ input }) => modems.selectSlot(input)),
      radioSettings: desk.modem.radioSettings.handler(({ input }) => modems.radioSettings(input)),
      setAirplaneMode: desk.modem.setAirplaneMode.handler(({ input }) => modems.setAirplaneMode(input)),
      setTechnologies: desk.modem.setTechnologies.handler(({ input }) => modems.setTechnologies(input)),
      setBands: desk.modem.setBands.handler(({ input }) => modems.setBands(input)),
      radio: desk.modem.radio.handler(({ input }) => modems.radio(input)),
      watchRadio: desk.modem.watchRadio.handler(({ input, signal }) => modems.watchRadio(input, signal)),
      packetData: desk.modem.packetData.handler(({ input }) => modems.packetData(input)),
      setContext: desk.modem.setContext.handler(({ input }) => modems.setContext(input)),
      removeContext: desk.modem.removeContext.handler(({ input }) => modems.removeContext(input)),
      activateContext: desk.modem.activateContext.handler(({ input }) => modems.activateContext(input)),
      setAttached: desk.modem.setAttached.handler(({ input }) => modems.setAttached(input)),
      suggestedContexts: desk.modem.suggestedContexts.handler(({ input }) => modems.suggestedContexts(input)),
      changePin: desk.modem.changePin.handler(({ input }) => modems.changePin(input)),
    },
    messages: {
      watch: desk.messages.watch.handler(({ signal }) => {
        parts.messageFollower.start();
        return messages.snapshot.subscribe(signal);
      }),
      read: desk.messages.read.handler(({ input }) => messages.read(free(input.deviceId))),
      plan: desk.messages.plan.handler(({ input }) => messages.plan(input.text)),
      send: desk.messages.send.handler(({ input: { deviceId, ...message }, signal }) => {
        // Somebody has to hear the report.
        if (message.report) parts.messageFollower.start();
        return messages.send(free(deviceId), message, signal);
      }),
      sendAgain: desk.messages.sendAgain.handler(({ input: { messageId }, signal }) =>
        messages.sendAgain(free(messages.deviceOf(messageId)), messageId, signal),
      ),
      markRead: desk.messages.markRead.handler(({ input }) => messages.markRead(input.messageIds)),
      delete: desk.messages.delete.handler(({ input }) => messages.delete(input.messageIds)),
      free: desk.messages.free.handler(async ({ input }) => ({ freed: await messages.free(free(input.deviceId)) })),
    },
    ussd: {
      send: desk.ussd.send.handler(({ input }) => openModemOf(free(input.deviceId)).ussd.send(input.text)),
      cancel: desk.ussd.cancel.handler(({ input }) => openModemOf(free(input.deviceId)).ussd.cancel()),
    },
    tasks: {
      watch: desk.tasks.watch.handler(({ signal }) => tasks.tasks.subscribe(signal)),
      cancel: desk.tasks.cancel.handler(({ input }) => tasks.cancel(input.taskId)),
      answer: desk.tasks.answer.handler(({ input }) => tasks.answer(input.taskId, input.answer)),
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
      changePassword: onAccount.changePassword.handler(({ input }) => account.changePassword(input)),
      sessions: onAccount.sessions.handler(() => account.signedIn(() => client.sessions.list())),
      endSession: onAccount.endSession.handler(({ input }) => account.signedIn(() => client.sessions.end(input))),
      endOtherSessions: onAccount.endOtherSessions.handler(() => account.signedIn(() => client.sessions.endOthers())),
      changeAddress: onAccount.changeAddress.handler(({ input }) => account.signedIn(() => client.addresses.change(input))),
      verifyAddress: onAccount.verifyAddress.handler(({ input }) => account.signedIn(() => client.addresses.verify(input))),
      confirmAddress: onAccount.confirmAddress.handler(({ input }) => account.change(() => client.addresses.confirm(input))),
      setMailLanguage: onAccount.setMailLanguage.handler(({ input }) => {
        const languageFollows = input.language === 'window';
        const chosen = input.language === 'window' ? language(parts) : input.language;
        return account.change(() => client.accounts.update({ language: chosen, languageFollows }));
      }),
      exportData: onAccount.exportData.handler(async () => {
        const data = await account.signedIn(() => client.accounts.export());
        return { fileName: `leb-account-${data.exportedAt.slice(0, 10)}.json`, text: `${JSON.stringify(data, null, 2)}\n` };
      }),
      deleteAccount: onAccount.deleteAccount.handler(({ input }) => account.deleteAccount(input.password)),
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

  function start(...job: Parameters<TaskRunner['start']>): { taskId: string } {
    return { taskId: tasks.start(...job) };
  }

  function change(what: ProfileChange, { deviceId }: { readonly deviceId: string }): { taskId: string } {
    return start(deviceId, (device) => changeProfileJob(device, what, cards));
  }

  /** For what is done at once and is no task. @throws LebError DEVICE_UNKNOWN, DEVICE_BUSY */
  function free(deviceId: string): ManagedDevice {
    const device = registry.find(deviceId);
    const { busyTaskId } = device.view();
    if (busyTaskId !== null) throw new LebError('DEVICE_BUSY', { taskId: busyTaskId });
    return device;
  }

  async function readIcon(request: IconRequest, signal: AbortSignal = never): Promise<{ icon: Picture | null }> {
    const { iccid, isdrAid } = onProfile(request);
    const device = free(request.deviceId);
    const steps = { begin: () => undefined };
    const guess = device.euiccOf(isdrAid)?.isdrAid ?? null;
    const icon = await device.useCard(
      (access) =>
        withCardSession({ access, openEuicc: cards.openEuicc, isdrAid, guess, steps, signal }, (session) =>
          session.use((euicc) => euicc.profileIcon({ iccid })),
        ),
      signal,
    );
    return { icon: icon === null ? null : toPicture(icon) };
  }
}

const never = new AbortController().signal;

type IconRequest = OnProfile & { readonly deviceId: string };
type OnProfile = { readonly iccid: string; readonly isdrAid?: string | undefined };

function onProfile({ iccid, isdrAid }: OnProfile): { readonly iccid: string; readonly isdrAid: string | null } {
  return { iccid, isdrAid: isdrAid ?? null };
}

function switching({ refresh, notify, ...rest }: OnProfile & { readonly refresh: boolean; readonly notify: boolean }) {
  return { ...onProfile(rest), refresh, notify };
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
