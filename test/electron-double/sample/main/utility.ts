/* oxlint-disable unicorn/require-post-message-target-origin -- MessagePortMain has none */
// A worker in a process of its own: doubles numbers, over its parent port and over a port that is handed to it.
process.parentPort.on('message', (event) => {
  const port = event.ports[0];
  if (!port) return process.parentPort.postMessage({ doubled: (event.data as number) * 2 });
  port.on('message', ({ data }) => port.postMessage(new Map([['doubled', (data as number) * 2]])));
  port.start();
});
