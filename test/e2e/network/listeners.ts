import dgram from 'node:dgram';
import http from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { Target } from './ways-out.ts';

/** Local servers, one web server and one UDP socket for each target, that count who reaches them. */
export interface Listeners {
  readonly targets: readonly Target[];
  /** How many connections and datagrams each target got. */
  readonly received: () => readonly number[];
  close(): void;
}

const minimalTypes: Readonly<Record<string, string>> = { script: 'text/javascript', style: 'text/css' };

/** The most permissive server that there is, so that nothing is left undone for its sake. */
function respond(request: http.IncomingMessage, response: http.ServerResponse): void {
  const destination = String(request.headers['sec-fetch-dest'] ?? '');
  response.writeHead(200, {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*',
    'content-type': minimalTypes[destination] ?? 'text/html',
  });
  response.end();
}

export async function listen(count: number): Promise<Listeners> {
  const received = Array.from({ length: count }, () => 0);
  const sockets = await Promise.all(
    received.map(async (_, index) => {
      const reached = () => void (received[index]! += 1);
      const web = http.createServer(respond).on('connection', reached) as Server;
      await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
      const udp = dgram.createSocket('udp4').on('message', reached);
      await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
      return { web, udp };
    }),
  );
  return {
    targets: sockets.map(({ web, udp }) => ({
      tcp: (web.address() as AddressInfo).port,
      udp: udp.address().port,
    })),
    received: () => [...received],
    close: () => {
      for (const { web, udp } of sockets) {
        web.close();
        udp.close();
      }
    },
  };
}
