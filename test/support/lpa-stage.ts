import type { Task } from '#contract/desk/tasks.ts';
import { makeBenchCardTransport } from '#simulator/euicc/bench-card-transport.ts';
import { type CardControls, makeCardSlot } from '#simulator/euicc/card-slot.ts';
import { makeChipState } from '#simulator/euicc/chip-state.ts';
import { type ChipStore, memoryChipStore } from '#simulator/euicc/chip-store.ts';
import { makeEid } from '#simulator/euicc/eid.ts';
import { makeVirtualCard } from '#simulator/euicc/virtual-card.ts';
import { chipSerials, virtualReaderName } from '#simulator/hardware.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';
import { benchTest, lebGlobal, meadowPersonal } from '#simulator/sample.ts';
import type { Order } from '#simulator/smdp/order.ts';
import { startSmdp, type Smdp } from '#simulator/smdp/server.ts';
import type { CardTransport } from '#native/transport/card-transport.ts';
import {
  type Desk,
  makeFolder,
  openApplication,
  type OpenApplication,
  removeFolder,
  until,
  untilDevice,
} from '../integration/core-stage.ts';
import { countExchanges, type Exchanges } from './count-exchanges.ts';

export const readerId = `pcsc:${virtualReaderName}`;

/** A card in its reader, the one SM-DP+ to which all of its profiles belong, and the application between them. */
export type LpaStage = {
  readonly smdp: Smdp;
  readonly card: CardControls;
  /** The memory of the card, which holds no power: it can be changed while the card is out. */
  readonly memory: ChipStore;
  readonly transport: CardTransport;
  readonly exchanges: Exchanges;
  readonly dataDir: string;
  /** A run of the application on the stage's data folder, with the card read. */
  open(): Promise<OpenApplication>;
  close(): Promise<void>;
};

export type LpaStageOptions = {
  readonly orders: readonly Order[];
  readonly protocol?: 'T=0' | 'T=1';
  /** Put around the card's transport, inside of the count. */
  readonly around?: (transport: CardTransport) => CardTransport;
};

export async function openLpaStage({ orders, protocol, around = (transport) => transport }: LpaStageOptions): Promise<LpaStage> {
  const pki = loadPki(null);
  const dataDir = await makeFolder();
  const smdp = await startSmdp({ stateDir: null, pki, orders });
  // Every server that the card knows is this one.
  const profiles = [lebGlobal, meadowPersonal, benchTest].map((profile) => ({ ...profile, smdpAddress: smdp.address }));
  const memory = memoryChipStore(makeChipState({ eid: makeEid(chipSerials.reader), profiles }));
  const slot = makeCardSlot(makeVirtualCard({ store: memory, pki: () => pki, ...(protocol === undefined ? {} : { protocol }) }));
  const reader = makeBenchCardTransport(new Map([[virtualReaderName, slot]]));
  const { transport, exchanges } = countExchanges(around(reader.transport));
  return {
    smdp,
    card: slot.controls,
    memory,
    transport,
    exchanges,
    dataDir,
    async open() {
      const application = await openApplication({
        dataDir,
        cardTransports: [transport],
        virtualBench: false,
        extraRoots: [smdp.tlsRootPem],
        accountServiceUrl: 'http://127.0.0.1:9',
      });
      await untilDevice(application.desk, readerId, ({ state }) => state === 'ready');
      return application;
    },
    async close() {
      reader.close();
      await smdp.close();
      await removeFolder(dataDir);
    },
  };
}

/** Downloads a profile as a person does who says yes to what is shown. */
export async function downloadApproved(
  desk: Desk,
  order: { readonly deviceId: string; readonly code: string; readonly enable?: boolean },
): Promise<Task> {
  const { deviceId, code, enable = false } = order;
  const { taskId } = await desk.profiles.download({ deviceId, source: { kind: 'activationCode', text: code }, enable });
  let approved = false;
  const find = (tasks: readonly Task[]) => tasks.find((task) => task.taskId === taskId);
  const ended = await until(
    desk.tasks.watch(),
    (tasks) => {
      const task = find(tasks);
      if (task?.need?.kind === 'approval' && !approved) {
        approved = true;
        void desk.tasks.answer({ taskId, answer: { kind: 'yes' } });
      }
      return task !== undefined && task.state !== 'running';
    },
    60_000,
  );
  const task = find(ended);
  if (task === undefined) throw new Error(`no task ${taskId}`);
  return task;
}
