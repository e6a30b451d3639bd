import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { NotConnected } from '../../delivery/service/network-errors';

type Created = (error: Error | null, socket: Duplex) => void;

/** In place of a socket, next to an error. */
const none = undefined as unknown as Duplex;

/** Connections that one client keeps open at most; more than the quota of any account can use. */
const maxSockets = 64;
/** NAT gateways and firewalls forget connections that were idle for long, the hastiest after some four minutes. */
const longestIdleMs = 120_000;

/** Keeps connections open that `open` gives ready for requests, TLS included. */
export class KeepAliveAgent extends Agent {
  readonly #open: (abort: AbortController) => Promise<Socket>;
  readonly #opening = new Set<AbortController>();
  readonly #idleSince = new WeakMap<Duplex, number>();

  constructor(open: (abort: AbortController) => Promise<Socket>) {
    super({ keepAlive: true, keepAliveMsecs: 30_000, maxSockets });
    this.#open = open;
  }

  override createConnection(_options: ClientRequestArgs, callback?: Created): null {
    const abort = new AbortController();
    this.#opening.add(abort);
    this.#open(abort)
      .finally(() => this.#opening.delete(abort))
      .then((socket) => callback?.(null, socket))
      .catch((cause) => callback?.(cause, none));
    return null;
  }

  override destroy(): void {
    for (const abort of this.#opening) abort.abort(new NotConnected('the node is closing'));
    super.destroy();
  }

  override keepSocketAlive(socket: Duplex): boolean {
    this.#idleSince.set(socket, Date.now());
    // Node.js goes by what is returned; its types do not say so.
    return super.keepSocketAlive(socket) as unknown as boolean;
  }

  /** Closes the idle connections that may be dead: those that were idle for too long, or all. */
  closeIdle(which: 'too long' | 'all'): void {
    const now = Date.now();
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) {
        const idleMs = Math.abs(now - (this.#idleSince.get(socket) ?? now));
        if (which === 'all' || idleMs > longestIdleMs) socket.destroy();
      }
    }
  }
}
