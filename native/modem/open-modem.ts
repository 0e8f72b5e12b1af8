import { createAtChannel } from '../at/channel.ts';
import { decodeRegistrationLine, type RegistrationDomain } from '../at/commands/registration.ts';
import { decodeSimNews } from '../at/commands/sim-state.ts';
import type { CardAccess } from '../apdu/card-access.ts';
import { DeviceError } from '../errors.ts';
import type { SerialConnection } from '../transport/serial-transport.ts';
import { createEventStream } from './event-stream.ts';
import { createHabitMemory, type HabitKeeper } from './habits.ts';
import { createMessaging, type Messaging } from './messages/messaging.ts';
import { createCardMemory, forgetCard, type CardMemory } from './card-access/card-memory.ts';
import { createModemCardAccess } from './card-access/modem-card-access.ts';
import type { Modem, ModemEvent } from './modem.ts';
import { refreshCard } from './refresh-card.ts';
import { createModemServices } from './services/modem-services.ts';
import { createSimWatch } from './sim-watch.ts';
import { isStartLine, restoreSettings, startDialogue } from './start-dialogue.ts';
import { createStatusReader, type StatusReader } from './status-reader.ts';
import { usualModemTimings, type ModemTimings } from './timings.ts';
import { waitForProfile } from './wait-for-profile.ts';

/**
 * Opens the AT dialogue on a port and finds out which modem it is. The connection belongs to the modem from here on: it is closed when the
 * dialogue cannot be opened, and by `close()`. What is found out about the way to the card is kept in `habits`.
 * @throws DeviceError MODEM_SILENT, PORT_CLOSED
 */
export async function openModem(
  connection: SerialConnection,
  timings: ModemTimings = usualModemTimings,
  habits: HabitKeeper = createHabitMemory(),
): Promise<Modem> {
  const news = createEventStream<ModemEvent>();
  const watch = createSimWatch();
  let reader: StatusReader | null = null;
  let messaging: Messaging | null = null;
  let memory: CardMemory | null = null;

  const channel = createAtChannel(
    connection,
    {
      onUnsolicited(line) {
        messaging?.note(line);
        const registration = decodeRegistrationLine(line);
        if (registration !== null && reader !== null)
          news.publish({ kind: 'registration', registration: reader.noteRegistration(registration) });
        const sim = decodeSimNews(line);
        if (sim !== null) watch.note(sim);
        if (sim === 'absent' && memory !== null) forgetCard(memory);
        if (sim !== null) news.publish({ kind: 'sim', state: sim === 'changed' ? 'unknown' : sim });
        if (registration === null && sim === null) news.publish({ kind: 'line', line });
        // A modem that started again has forgotten what it was told.
        if (reader !== null && isStartLine(line)) restoreSettings(channel).catch(() => undefined);
      },
      onClose(unplugged) {
        news.publish({ kind: 'closed', unplugged });
        news.end();
        messaging?.end();
      },
    },
    timings.channel,
  );

  const { messages, ussd } = (messaging = createMessaging(channel));
  const { identity, vendor, domains } = await startDialogue(channel, timings.probeMs).catch(async (error: unknown) => {
    await channel.close();
    throw error;
  });
  const status = createStatusReader(channel, vendor, domains satisfies readonly RegistrationDomain[]);
  reader = status;
  const card = (memory = createCardMemory(vendor, habits.of(identity).cardWay));
  let access: CardAccess | null = null;

  return {
    identity,
    messages,
    ussd,
    status: (priority = 'user') => status.status(priority),
    async sim() {
      const { state, iccid, imsi } = await status.sim();
      return { state, iccid, imsi };
    },
    services: createModemServices({
      channel,
      reader: status,
      watch,
      news,
      vendor,
      timings,
      imei: identity.imei,
      fiveG: domains.includes('+C5GREG'),
    }),
    registration: () => status.registration(),
    operator: () => status.operator(),
    signal: (priority = 'user') => status.signal(priority),
    async send(command, options) {
      const { lines, final } = await channel.request({
        line: command,
        ...(options?.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      });
      return { lines, final: final.line };
    },
    events: (signal) => news.subscribe(signal),
    async cardAccess() {
      if (access !== null) throw new DeviceError('DEVICE_BUSY', { port: connection.path });
      if (channel.closed) throw new DeviceError('PORT_CLOSED', { port: connection.path });
      const release = channel.holdPolling();
      const opened = createModemCardAccess({
        channel,
        timings,
        memory: card,
        onClose() {
          access = null;
          release();
        },
        newsCount: () => watch.count,
        async refresh(goal, newsCount, done) {
          const { refresh: known } = habits.of(identity);
          const outcome = await refreshCard({ channel, reader: status, watch, timings, vendor }, { goal, newsCount, known, done });
          // That a restart is needed is forgotten only where it has not helped.
          const isFinal = outcome !== 'unnoticed' || known !== 'restart' || done === 'restart';
          if (goal.kind !== 'reset' && isFinal) habits.keep(identity, { refresh: outcome === 'unnoticed' ? null : outcome });
          return outcome;
        },
        onWay: (cardWay) => habits.keep(identity, { cardWay }),
      });
      access = opened;
      return opened;
    },
    waitForProfile: (iccid, options) => waitForProfile({ reader: status, news, timings }, iccid, options),
    get commandCount() {
      return channel.commandCount;
    },
    close: () => channel.close(),
  };
}
