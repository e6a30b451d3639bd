import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A proxy on loopback behind which every https address is this machine. */
export interface StandIn {
  readonly proxyUrl: string;
  /** What a process has to trust (`NODE_EXTRA_CA_CERTS`). */
  readonly certificateFile: string;
  /** Addresses that were visited. */
  readonly visited: string[];
  /** How the next visits are answered. */
  status: number;
  close(): Promise<void>;
}

/** Host names that the stand-in has a certificate for. */
const hosts = ['sns.us-east-1.amazonaws.com', 'sns.us-east-1.amazonaws.com.evil.example'];

/** Stands in for SNS, and for whoever would like to be taken for it. */
export async function startSnsStandIn(folder: string): Promise<StandIn> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: hosts[0] as string }], {
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }],
  });
  const certificateFile = join(folder, 'stand-in.pem');
  await writeFile(certificateFile, cert);

  const service = createHttpsServer({ key, cert }, (request, response) => {
    standIn.visited.push(`https://${request.headers.host}${request.url}`);
    response.writeHead(standIn.status, { 'content-type': 'text/xml' });
    response.end('<ConfirmSubscriptionResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"/>');
  });
  const servicePort = await listen(service);
  const sockets = new Set<Socket>();
  const proxy = createServer();
  proxy.on('connect', (_request, client: Socket) => {
    const upstream = connect(servicePort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => socket.destroy()));
  });
  const standIn: StandIn = {
    proxyUrl: `http://127.0.0.1:${await listen(proxy)}`,
    certificateFile,
    visited: [],
    status: 200,
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const server of [proxy, service]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
  return standIn;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
