import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const project = path.join(import.meta.dirname, '../..');
const { main } = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8')) as { main: string };

/** Where Chromium asks for dictionaries. */
export const dictionaryHost = 'redirector.gvt1.com';

export interface DictionaryServer {
  /** How often somebody connected and named the host of the dictionaries in a TLS greeting. */
  readonly asked: () => number;
  /** Starts the app so that the name of that host leads here. */
  readonly entry: string;
  close(): void;
}

/**
 * A server of this machine in the place of the one that has the dictionaries. It serves none: who asks is noted, by
 * the name that a TLS greeting says in clear. `folder` takes a program that starts the app and changes nothing of it
 * but where that one name leads, whether the app lets it through or not.
 */
export async function dictionaryServer(folder: string): Promise<DictionaryServer> {
  let asked = 0;
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (greeting) => {
      if (greeting.includes(dictionaryHost)) asked += 1;
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
  return { asked: () => asked, entry, close: () => void server.close() };
}
