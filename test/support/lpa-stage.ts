import type { Task } from '#contract/desk/tasks.ts';
import { makeBenchCardTransport } from '#simulator/euicc/bench-card-transport.ts';
import { type CardControls, makeCardSlot } from '#simulator/euicc/card-slot.ts';
import { makeChipState } from '#simulator/euicc/chip-state.ts';
import { type ChipStore, folderChipStore, memoryChipStore } from '#simulator/euicc/chip-store.ts';
import { makeEid } from '#simulator/euicc/eid.ts';
import { makeVirtualCard } from '#simulator/euicc/virtual-card.ts';
import { chipSerials, virtualReaderName } from '#simulator/hardware.ts';
import { loadPki, type Pki } from '#simulator/pki/load-pki.ts';
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

/** A card in its reader, whose profiles all belong to one SM-DP+. */
export type LpaReader = {
  readonly transport: CardTransport;
  readonly card: CardControls;
  /** The memory of the card, which holds no power: it can be changed while the card is out. */
  readonly memory: ChipStore;
  close(): void;
};

export type LpaReaderOptions = {
  readonly smdpAddress: string;
  readonly pki: Pki;
  readonly serial?: number;
  /** Where the card keeps its memory; left out: it is forgotten at the end. */
  readonly stateDir?: string;
  readonly protocol?: 'T=0' | 'T=1';
};

export function openLpaReader({ smdpAddress, pki, serial = chipSerials.reader, stateDir, protocol }: LpaReaderOptions): LpaReader {
  const profiles = [lebGlobal, meadowPersonal, benchTest].map((profile) => ({ ...profile, smdpAddress }));
  const chip = makeChipState({ eid: makeEid(serial), profiles });
  const memory = stateDir === undefined ? memoryChipStore(chip) : folderChipStore(stateDir, chip);
  const slot = makeCardSlot(makeVirtualCard({ store: memory, pki: () => pki, ...(protocol === undefined ? {} : { protocol }) }));
  const reader = makeBenchCardTransport(new Map([[virtualReaderName, slot]]));
  return { transport: reader.transport, card: slot.controls, memory, close: () => reader.close() };
}

/** A run of the application, with the card read. */
export async function openLpaApplication(
  smdp: Pick<Smdp, 'tlsRootPem'>,
  { dataDir, transport }: { readonly dataDir: string; readonly transport: CardTransport },
): Promise<OpenApplication> {
  const application = await openApplication({
    dataDir,
    cardTransports: [transport],
    virtualBench: false,
    extraRoots: [smdp.tlsRootPem],
    accountServiceUrl: 'http://127.0.0.1:9',
  });
  await untilDevice(application.desk, readerId, ({ state }) => state === 'ready');
  return application;
}

/** A card in its reader, the one SM-DP+ to which all of its profiles belong, and the application between them. */
export type LpaStage = Omit<LpaReader, 'close'> & {
  readonly smdp: Smdp;
  readonly exchanges: Exchanges;
  readonly dataDir: string;
  /** A run of the application on the stage's data folder. */
  open(): Promise<OpenApplication>;
  close(): Promise<void>;
};

export type LpaStageOptions = {
  readonly orders: readonly Order[];
  readonly protocol?: 'T=0' | 'T=1';
  /** Put around the card's transport, inside of the count. */
  readonly around?: (transport: CardTransport) => CardTransport;
};

export async function openLpaStage({ orders, around = (transport) => transport, ...options }: LpaStageOptions): Promise<LpaStage> {
  const pki = loadPki(null);
  const dataDir = await makeFolder();
  const smdp = await startSmdp({ stateDir: null, pki, orders });
  const reader = openLpaReader({ smdpAddress: smdp.address, pki, ...options });
  const { transport, exchanges } = countExchanges(around(reader.transport));
  return {
    ...reader,
    smdp,
    transport,
    exchanges,
    dataDir,
    open: () => openLpaApplication(smdp, { dataDir, transport }),
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
