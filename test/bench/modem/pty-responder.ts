/** A modem that knows one answer: whatever line comes in on the socket, its echo and `OK` come back, after so many milliseconds. */
import { createServer, type Socket } from 'node:net';

const [path, takes] = process.argv.slice(2);
if (path === undefined) throw new Error('where to listen?');

function serve(socket: Socket): void {
  let line = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    line += text;
    if (!line.endsWith('\r')) return;
    const answer = `${line}\r\nOK\r\n`;
    line = '';
    if (takes === undefined) socket.write(answer, 'latin1');
    else setTimeout(() => socket.write(answer, 'latin1'), Number(takes));
  });
}

createServer(serve).listen(path);
