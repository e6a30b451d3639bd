import { createServer } from 'node:net';

/** Where the demo listens, if nobody else does. */
export const usualPort = { nodeRed: 1880, service: 4510 };

/** `wanted` where it is free on loopback, else another free port. */
export async function freePort(wanted: number): Promise<number> {
  return (await canListen(wanted)) || (await canListen(0));
}

/** The port it could listen on, or 0. */
function canListen(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(0))
      .listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
  });
}
