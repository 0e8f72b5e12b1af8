/** The part of the stage's desk that is a modem: it answers from the scene, and refuses what the scenes show refused. */
import type { implement } from '@orpc/server';
import type { deskContract } from '#contract/desk/index.ts';
import type { RadioReport } from '#contract/desk/modem.ts';
import type { ModemScene } from './modem-scenes.ts';

type Os = ReturnType<typeof implement<typeof deskContract>>;

export function createStageModem({ modem: os }: Os, get: () => ModemScene) {
  const report = (): RadioReport => {
    const last = get().radio.at(-1);
    if (last === undefined) throw new Error('The scene has no report.');
    return last;
  };
  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<RadioReport, void, void> {
    yield* get().radio;
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  }
  return {
    send: os.send.handler(() => ({ lines: [], final: 'OK' })),
    simLock: os.simLock.handler(() => get().simLock),
    unlockSim: os.unlockSim.handler(({ errors }) => {
      throw errors.SIM_PIN_WRONG({ data: { attemptsLeft: 1 } });
    }),
    unblockSim: os.unblockSim.handler(({ input, errors }) => {
      if (input.confirmLastAttempt) throw errors.SIM_BLOCKED({ data: {} });
      throw errors.SIM_LAST_ATTEMPT({ data: { code: 'puk', attemptsLeft: 1 } });
    }),
    setPinRequested: os.setPinRequested.handler(({ input }) => ({ ...get().simLock, pinRequested: input.requested })),
    changePin: os.changePin.handler(() => get().simLock),
    registration: os.registration.handler(() => get().registration),
    scan: os.scan.handler(() => ({ taskId: 'scan-1' })),
    selectNetwork: os.selectNetwork.handler(() => ({ taskId: 'select-1' })),
    restart: os.restart.handler(() => ({ taskId: 'restart-1' })),
    freeChannels: os.freeChannels.handler(() => ({ taskId: 'free-1' })),
    factoryReset: os.factoryReset.handler(() => ({ taskId: 'reset-1' })),
    details: os.details.handler(() => get().details),
    selectSlot: os.selectSlot.handler(({ input }) => ({ ...get().details, slots: { active: input.slot, count: 2 } })),
    radioSettings: os.radioSettings.handler(() => get().settings),
    setAirplaneMode: os.setAirplaneMode.handler(({ input, errors }) => {
      if (get().settings.fccLocked === true) throw errors.RADIO_LOCKED({ data: {} });
      return { ...get().settings, power: input.airplane ? 'airplane' : 'on' };
    }),
    setTechnologies: os.setTechnologies.handler(() => get().settings),
    setBands: os.setBands.handler(() => get().settings),
    radio: os.radio.handler(report),
    watchRadio: os.watchRadio.handler(({ signal }) => watch(signal)),
    packetData: os.packetData.handler(() => get().packetData),
    setContext: os.setContext.handler(() => get().packetData),
    removeContext: os.removeContext.handler(() => get().packetData),
    activateContext: os.activateContext.handler(({ errors }) => {
      throw errors.CME_ERROR({ data: { code: 148 } });
    }),
    setAttached: os.setAttached.handler(({ input }) => ({ ...get().packetData, attached: input.attached })),
    suggestedContexts: os.suggestedContexts.handler(() => [...get().suggestions]),
  };
}
