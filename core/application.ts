import { platform } from 'node:process';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { openSecureElements } from '#native/euicc/open-secure-elements.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { usualModemTimings } from '#native/modem/timings.ts';
import { createAccountKeeper } from './account/account-keeper.ts';
import { createServiceClient } from './account/service-client.ts';
import { createDeviceRegistry } from './devices/device-registry.ts';
import { createHabitStore } from './devices/habit-store.ts';
import { createEmbeddedService } from './embedded/embedded-service.ts';
import { createRemoteService } from './embedded/remote-service.ts';
import { createLog } from './log.ts';
import { createMessageFollower } from './messages/follow-messages.ts';
import { createMessageKeeper } from './messages/message-keeper.ts';
import type { Shell } from './ports.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createRenewalKeeper } from './renewal/renewal-keeper.ts';
import { createRenewalStore } from './renewal/renewal-store.ts';
import { createDeskRouter, language, type DeskRouter } from './router.ts';
import { createSettingsKeeper } from './settings/settings-keeper.ts';
import { createProfileServers } from './rsp/profile-servers.ts';
import { openStore } from './store/store.ts';
import { createTaskRunner } from './tasks/task-runner.ts';

export type Application = {
  /** Implements `deskContract`; a shell carries it, or calls it in process. */
  readonly router: DeskRouter;
  /** Ends every watch, lets running operations give their devices back, and stops the processes that were started. */
  close(): Promise<void>;
};

/**
 * The application without a window. Devices are watched from the start; the account service is started at once for a window, and for a
 * terminal when the first call needs it.
 * @throws LebError STORE_FAILED where no database can be made in the data folder; INPUT_INVALID for an account service without https
 */
export async function createApplication(shell: Shell): Promise<Application> {
  const log = createLog(shell.dataDir);
  const service =
    shell.accountServiceUrl === null
      ? createEmbeddedService({ dataDir: shell.dataDir, startProcess: shell.startProcess, log })
      : createRemoteService(shell.accountServiceUrl);
  const store = await openStore(shell.dataDir, log);
  const settings = createSettingsKeeper(store);
  const servers = createProfileServers({
    extraRoots: () => [...shell.extraRoots, settings.settings.value.testRoots].filter((pem) => pem.trim() !== ''),
    bench: shell.virtualBench ? service.benchServers : null,
    environment: process.env,
  });
  const outbox = createOutbox({ store, servers, log });
  const habits = createHabitStore({ store, log });
  const registry = createDeviceRegistry({
    cardTransports: shell.cardTransports,
    serialTransports: shell.serialTransports,
    layer: {
      createReaderAccess,
      openSecureElements,
      openModem: (connection) => openModem(connection, usualModemTimings, habits),
      sweepNotifications: (euicc, eid) => outbox.sweep(euicc, eid),
    },
    log,
  });
  const messages = createMessageKeeper({ store, registry });
  const messageFollower = createMessageFollower({ keeper: messages, registry, log });
  const tasks = createTaskRunner({ registry, store, log });
  const client = createServiceClient({
    baseUrl: () => service.baseUrl(),
    token: () => account.token,
    version: shell.version,
    program: { shell: shell.kind, platform },
  });
  const account = createAccountKeeper({
    client,
    secrets: shell.secrets,
    sessionName: service.sessionName,
    language: () => language({ shell, settings }),
    log,
  });
  const renewals = createRenewalKeeper({
    client,
    account,
    registry,
    store: createRenewalStore(store, service.sessionName),
    trial: service.trial,
    openExternal: (url) => shell.openExternal(url),
    log,
  });

  let accountUsed = false;
  const useAccount = (): void => {
    if (accountUsed) return;
    accountUsed = true;
    service.start();
    account.start();
    renewals.resume();
  };
  if (shell.kind !== 'cli') {
    useAccount();
    outbox.start();
    messageFollower.start();
  }

  return {
    router: createDeskRouter({
      shell,
      log,
      settings,
      registry,
      tasks,
      cards: { openEuicc, servers, outbox },
      messages,
      messageFollower,
      service,
      client,
      account,
      renewals,
      useAccount,
    }),
    async close() {
      renewals.close();
      account.close();
      settings.settings.close();
      messages.snapshot.close();
      await messageFollower.close();
      await tasks.close();
      await outbox.close();
      servers.close();
      await registry.close();
      await service.close();
      store.close();
    },
  };
}
