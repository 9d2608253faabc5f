import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const project = path.join(import.meta.dirname, '../..');
const { main } = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8')) as { main: string };

/** The host from which Chromium downloads dictionaries. */
export const dictionaryHost = 'redirector.gvt1.com';

export interface DictionaryServer {
  /** Number of TLS connections to the dictionary host. */
  readonly requests: () => number;
  /** App folder that starts the app with that host mapped to this server. */
  readonly entry: string;
  close(): void;
}

/**
 * A local stand-in for the dictionary host, which serves no data and counts connections by the server name in the TLS
 * handshake. Writes a wrapper app into `folder` that only remaps that host, whether or not the app blocks it.
 */
export async function dictionaryServer(folder: string): Promise<DictionaryServer> {
  let requests = 0;
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (greeting) => {
      if (greeting.includes(dictionaryHost)) requests += 1;
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const entry = path.join(folder, 'entry');
  fs.mkdirSync(entry);
  fs.copyFileSync(path.join(project, 'package.json'), path.join(entry, 'package.json'));
  fs.mkdirSync(path.join(entry, path.dirname(main)), { recursive: true });
  fs.writeFileSync(
    path.join(entry, main),
    `const { app } = require('electron');
     const { appendSwitch } = app.commandLine;
     app.commandLine.appendSwitch = (name, value) => {
       if (name !== 'host-resolver-rules') return appendSwitch.apply(app.commandLine, value === undefined ? [name] : [name, value]);
       globalThis.resolverRules = value;
       appendSwitch.call(app.commandLine, name, 'MAP ${dictionaryHost} 127.0.0.1:${port}, ' + value.split(', EXCLUDE')[0]);
     };
     require(${JSON.stringify(path.join(project, main))});`,
  );
  return { requests: () => requests, entry, close: () => void server.close() };
}
