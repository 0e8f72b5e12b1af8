import type { Shell } from '#core/ports.ts';
import type { CardTransport, CardTransportState } from '#native/transport/card-transport.ts';
import type { SerialTransport, SerialTransportState } from '#native/transport/serial-transport.ts';
import type { Reach } from './terminal.ts';

/** A command for one device leaves all the others alone: nobody else's card is powered up, no other port is opened. */
export function narrowTo(shell: Shell, reach: Reach): Shell {
  if (reach === 'all') return shell;
  if (reach === 'none') return { ...shell, cardTransports: [], serialTransports: [] };
  const { deviceId } = reach;
  return deviceId.startsWith('pcsc:')
    ? { ...shell, serialTransports: [], cardTransports: shell.cardTransports.map((transport) => onlyReader(transport, deviceId)) }
    : { ...shell, cardTransports: [], serialTransports: shell.serialTransports.map((transport) => onlyPort(transport, deviceId)) };
}

function onlyReader(transport: CardTransport, deviceId: string): CardTransport {
  return {
    id: transport.id,
    virtual: transport.virtual,
    connect: (name) => transport.connect(name),
    async *watch(signal): AsyncIterable<CardTransportState> {
      for await (const state of transport.watch(signal)) {
        yield state.available ? { ...state, readers: state.readers.filter(({ name }) => `pcsc:${name}` === deviceId) } : state;
      }
    },
  };
}

/** A port that the person names is opened, whether it looks like a modem or not. */
function onlyPort(transport: SerialTransport, deviceId: string): SerialTransport {
  return {
    id: transport.id,
    virtual: transport.virtual,
    open: (path) => transport.open(path),
    async *watch(signal): AsyncIterable<SerialTransportState> {
      for await (const state of transport.watch(signal)) {
        yield state.available
          ? {
              ...state,
              ports: state.ports.filter(({ path }) => `serial:${path}` === deviceId).map((port) => ({ ...port, probe: true })),
            }
          : state;
      }
    },
  };
}
