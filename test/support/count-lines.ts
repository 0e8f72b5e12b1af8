import type { SerialTransport } from '#native/transport/serial-transport.ts';

/** A serial transport that counts the command lines that go to its modems. */
export function countLines(transport: SerialTransport): { readonly transport: SerialTransport; lines(): number } {
  let lines = 0;
  return {
    lines: () => lines,
    transport: {
      ...transport,
      async open(path) {
        const connection = await transport.open(path);
        return {
          ...connection,
          write(bytes) {
            lines += bytes.filter((octet) => octet === 0x0d).length;
            return connection.write(bytes);
          },
        };
      },
    },
  };
}
