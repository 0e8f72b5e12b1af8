/**
 * A desk without devices, without an account service and without a clock of its own: it answers the contract from a scene that the stage
 * sets, so that every screen and every state of the window can be brought up, looked at and photographed. It never ships.
 */
import { implement } from '@orpc/server';
import type { Order, Quote } from '#contract/account/index.ts';
import { deskContract } from '#contract/desk/index.ts';
import type { AccountSnapshot, Renewal, Settings } from '#contract/desk/account.ts';
import type { ActivationCode, DevicesSnapshot, OutboxEntry, Picture } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import { isDeviceError } from '#native/errors.ts';
import { formatActivationCode, parseActivationCode } from '#native/rsp/activation-code.ts';
import { planText } from '#native/sms/text-plan.ts';
import { makeStageMessages } from './message-scenes.ts';
import type { ModemScene } from './modem-scenes.ts';
import { createStageModem } from './stage-modem.ts';

export type Scene = {
  readonly account: AccountSnapshot;
  readonly devices: DevicesSnapshot;
  readonly tasks: Task[];
  /** What every modem says. */
  readonly modem: ModemScene;
  readonly outbox: OutboxEntry[];
  /** The picture of every profile. */
  readonly icon: Picture | null;
  /** What is read from any picture; null: there is no code in it. */
  readonly pictured: ActivationCode | null;
  readonly settings: Settings;
  readonly renewals: Readonly<Record<string, Renewal>>;
  readonly quotes: readonly Quote[];
  readonly shell: 'electron' | 'web';
};

/** Changes a scene while windows look at it. */
export type Stage = { readonly router: ReturnType<typeof createRouter>; set(change: Partial<Scene>): void; get(): Scene };

/** @param first what the windows see until the first `set` */
export function createStage(first: Scene): Stage {
  let scene = first;
  const listeners = new Set<() => void>();
  async function* follow<T>(pick: (scene: Scene) => T, signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
    for (;;) {
      const shown = pick(scene);
      yield shown;
      while (pick(scene) === shown) {
        if (signal?.aborted === true) return;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            listeners.delete(wake);
            signal?.removeEventListener('abort', wake);
            resolve();
          };
          listeners.add(wake);
          signal?.addEventListener('abort', wake);
        });
      }
    }
  }
  const set = (change: Partial<Scene>): void => {
    scene = { ...scene, ...change };
    for (const listener of listeners) listener();
  };
  const get = (): Scene => scene;
  return { router: createRouter(get, set, follow), set, get };
}

const stageMessages = makeStageMessages();

type Follow = <T>(pick: (scene: Scene) => T, signal: AbortSignal | undefined) => AsyncGenerator<T, void, void>;

function createRouter(get: () => Scene, set: (change: Partial<Scene>) => void, follow: Follow) {
  const os = implement(deskContract);
  const renewalOf = (orderId: string): Renewal => {
    const renewal = get().renewals[orderId];
    if (renewal === undefined) throw new Error(`The scene has no order ${orderId}.`);
    return renewal;
  };
  const first = (): Order => {
    const [order] = get().account.orders;
    if (order === undefined) throw new Error('The scene has no order.');
    return order;
  };
  return os.router({
    system: {
      describe: os.system.describe.handler(() => ({
        version: '0.1.0',
        shell: get().shell,
        platform: 'linux',
        systemLanguage: 'en',
        virtualBench: true,
      })),
      openLink: os.system.openLink.handler(() => ({ opened: false, url: 'https://example.org/guide' })),
    },
    devices: {
      watch: os.devices.watch.handler(({ signal }) => follow((scene) => scene.devices, signal)),
      refresh: os.devices.refresh.handler(({ input, errors }) => {
        const device = get().devices.devices.find(({ deviceId }) => deviceId === input.deviceId);
        if (device === undefined) throw errors.DEVICE_UNKNOWN({ data: { device: input.deviceId } });
        return device;
      }),
      forget: os.devices.forget.handler(({ input }) => {
        const { devices, transports } = get().devices;
        set({ devices: { transports, devices: devices.filter(({ deviceId }) => deviceId !== input.deviceId) } });
      }),
    },
    profiles: {
      enable: os.profiles.enable.handler(({ errors }) => {
        throw errors.CARD_BUSY({ data: { reader: 'ACS ACR39U' } });
      }),
      disable: os.profiles.disable.handler(() => ({ taskId: 't1' })),
      delete: os.profiles.delete.handler(() => ({ taskId: 't1' })),
      rename: os.profiles.rename.handler(() => ({ taskId: 't1' })),
      icon: os.profiles.icon.handler(() => ({ icon: get().icon })),
      readActivationCode: os.profiles.readActivationCode.handler(({ input, errors }) => {
        try {
          const code = parseActivationCode(input.text);
          return { ...code, text: formatActivationCode(code) };
        } catch (error) {
          if (!isDeviceError(error)) throw error;
          throw errors.ACTIVATION_CODE_INVALID({ data: { ...error.details } });
        }
      }),
      readPicture: os.profiles.readPicture.handler(({ errors }) => {
        const { pictured } = get();
        if (pictured === null) throw errors.QR_CODE_NOT_FOUND({ data: {} });
        return pictured;
      }),
      download: os.profiles.download.handler(() => ({ taskId: 'download-1' })),
      discover: os.profiles.discover.handler(() => ({ taskId: 'discover-1' })),
    },
    euicc: {
      setDefaultSmdp: os.euicc.setDefaultSmdp.handler(() => ({ taskId: 't1' })),
      resetMemory: os.euicc.resetMemory.handler(() => ({ taskId: 't1' })),
    },
    notifications: {
      watch: os.notifications.watch.handler(({ signal }) => follow((scene) => scene.outbox, signal)),
      send: os.notifications.send.handler(() => ({ taskId: 't1' })),
      remove: os.notifications.remove.handler(() => ({ taskId: 't1' })),
      retry: os.notifications.retry.handler(() => undefined),
    },
    apdu: { send: os.apdu.send.handler(() => ({ data: '', sw: '9000' })) },
    modem: createStageModem(os, () => get().modem),
    messages: {
      watch: os.messages.watch.handler(({ signal }) => follow(() => stageMessages, signal)),
      read: os.messages.read.handler(() => stageMessages),
      plan: os.messages.plan.handler(({ input: { text } }) => {
        const { alphabet, parts, unitsLeft } = planText(text);
        return { alphabet, parts: parts.length, unitsLeft };
      }),
      send: os.messages.send.handler(({ errors }) => {
        throw errors.CMS_ERROR({ data: { code: 331, name: 'noNetworkService' } });
      }),
      sendAgain: os.messages.sendAgain.handler(({ errors }) => {
        throw errors.CMS_ERROR({ data: { code: 331, name: 'noNetworkService' } });
      }),
      markRead: os.messages.markRead.handler(() => undefined),
      delete: os.messages.delete.handler(() => undefined),
      free: os.messages.free.handler(() => ({ freed: 10 })),
    },
    ussd: {
      send: os.ussd.send.handler(() => ({ state: 'answerExpected', text: 'LEB\n1 Data left\n2 Valid until\n0 End' })),
      cancel: os.ussd.cancel.handler(() => undefined),
    },
    tasks: {
      watch: os.tasks.watch.handler(({ signal }) => follow((scene) => scene.tasks, signal)),
      cancel: os.tasks.cancel.handler(() => undefined),
      answer: os.tasks.answer.handler(() => undefined),
    },
    account: {
      watch: os.account.watch.handler(({ signal }) => follow((scene) => scene.account, signal)),
      refresh: os.account.refresh.handler(() => undefined),
      register: os.account.register.handler(({ errors }) => {
        throw errors.PASSWORD_WEAK({ data: {} });
      }),
      signIn: os.account.signIn.handler(({ errors }) => {
        throw errors.CREDENTIALS_WRONG({ data: {} });
      }),
      signOut: os.account.signOut.handler(() => undefined),
      forgotPassword: os.account.forgotPassword.handler(() => ({ validMinutes: 30 })),
      changePassword: os.account.changePassword.handler(({ errors }) => {
        throw errors.PASSWORD_WRONG({ data: {} });
      }),
      sessions: os.account.sessions.handler(() =>
        (['electron', 'cli', 'web', null] as const).map((shell, index) => ({
          sessionId: `session-${index}`,
          shell,
          platform: shell === null ? null : index === 2 ? 'win32' : 'linux',
          version: shell === null ? null : '0.1.0',
          createdAt: new Date(Date.now() - (index + 1) * 86_400_000).toISOString(),
          usedAt: new Date(Date.now() - index * 3_600_000).toISOString(),
          current: index === 0,
        })),
      ),
      endSession: os.account.endSession.handler(() => undefined),
      endOtherSessions: os.account.endOtherSessions.handler(() => ({ ended: 1 })),
      changeAddress: os.account.changeAddress.handler(() => ({ kind: 'email', validMinutes: 10 })),
      verifyAddress: os.account.verifyAddress.handler(() => ({ kind: 'email', validMinutes: 10 })),
      confirmAddress: os.account.confirmAddress.handler(({ errors }) => {
        throw errors.ADDRESS_CODE_WRONG({ data: { triesLeft: 4 } });
      }),
      setMailLanguage: os.account.setMailLanguage.handler(({ errors }) => {
        throw errors.SERVICE_UNREACHABLE({ data: {} });
      }),
      exportData: os.account.exportData.handler(() => ({ fileName: 'leb-account.json', text: '{}' })),
      deleteAccount: os.account.deleteAccount.handler(({ errors }) => {
        throw errors.ORDER_IN_PROGRESS({ data: { number: 'LEB-26-004817' } });
      }),
      claimLine: os.account.claimLine.handler(({ errors }) => {
        throw errors.LINE_CLAIM_REFUSED({ data: {} });
      }),
      contactSupport: os.account.contactSupport.handler(() => ({ number: 'S-26-000118', answerTo: 'm••••@leb.example' })),
    },
    renewal: {
      options: os.renewal.options.handler(() => ({ options: [...get().quotes], promotions: get().account.promotions })),
      quote: os.renewal.quote.handler(({ input, errors }) => {
        const quote = get().quotes.find(({ period }) => period === input.period);
        if (quote === undefined) throw errors.PLAN_UNAVAILABLE({ data: {} });
        if (input.promotionCode === null) return quote;
        if (input.promotionCode !== 'SPRING10') throw errors.PROMOTION_UNKNOWN({ data: { code: input.promotionCode } });
        const discount = Math.round(quote.listPrice.amountMinor / 10);
        const total = { ...quote.total, amountMinor: quote.total.amountMinor - discount };
        return {
          ...quote,
          total,
          promotion: { code: input.promotionCode, discount: { amountMinor: discount, currency: 'EUR' } },
          taxIncluded: { amountMinor: Math.round(total.amountMinor - total.amountMinor / 1.19), currency: 'EUR' },
        };
      }),
      start: os.renewal.start.handler(() => ({ renewal: renewalOf(first().orderId), opened: true })),
      openPage: os.renewal.openPage.handler(() => ({ url: 'http://127.0.0.1:40123/pay/cs_stage_a1B2c3D4', opened: false })),
      check: os.renewal.check.handler(({ input }) => renewalOf(input.orderId)),
      cancel: os.renewal.cancel.handler(({ input }) => renewalOf(input.orderId)),
      watch: os.renewal.watch.handler(({ input, signal }) => follow(() => renewalOf(input.orderId), signal)),
    },
    settings: {
      watch: os.settings.watch.handler(({ signal }) => follow((scene) => scene.settings, signal)),
      update: os.settings.update.handler(({ input }) => {
        const { language, theme, technicianMode, testRoots } = input;
        const settings: Settings = {
          language: language ?? get().settings.language,
          theme: theme ?? get().settings.theme,
          technicianMode: technicianMode ?? get().settings.technicianMode,
          testRoots: testRoots ?? get().settings.testRoots,
        };
        set({ settings });
        return settings;
      }),
    },
  });
}
