import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node-RED sends the debug sidebar of an editor, without an editor. */
export interface DebugSidebar {
  /** Waits until the debug node of this id has shown a text like this since the last `clear()`; each counts once. */
  shows(nodeId: string, text: RegExp): Promise<void>;
  clear(): void;
  close(): void;
}

interface Entry {
  readonly topic: string;
  readonly data?: { readonly id?: string; readonly msg: string };
}

/** Opens the connection over which Node-RED at this address tells its editors what happens. */
export async function openDebugSidebar(url: string): Promise<DebugSidebar> {
  const upgrade = request(`${url}comms`, {
    headers: {
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  }).end();
  const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, Duplex];
  const shown: { id: string | undefined; text: string }[] = [];
  const arrived = new EventEmitter();
  let unread = Buffer.alloc(0);
  socket.on('data', (data) => {
    const { texts, rest } = textsOf(Buffer.concat([unread, data]));
    unread = rest;
    for (const { topic, data: entry } of texts.flatMap((text) => JSON.parse(text) as Entry[])) {
      if (topic === 'debug') shown.push({ id: entry?.id, text: String(entry?.msg) });
    }
    arrived.emit('more');
  });
  return {
    async shows(nodeId, wanted) {
      for (;;) {
        const index = shown.findIndex(({ id, text }) => id === nodeId && wanted.test(text));
        if (index >= 0) return void shown.splice(index, 1);
        await once(arrived, 'more');
      }
    },
    clear: () => {
      shown.length = 0;
    },
    close: () => socket.destroy(),
  };
}

/** The texts of whole WebSocket frames, as a server sends them, and what is left of the next one. */
function textsOf(bytes: Buffer): { texts: string[]; rest: Buffer<ArrayBuffer> } {
  const texts: string[] = [];
  let rest = Buffer.from(bytes);
  for (;;) {
    const short = rest.length < 2 ? 0 : rest.readUInt8(1);
    const start = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.length < start) return { texts, rest };
    const length =
      short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < start + length) return { texts, rest };
    if (rest.readUInt8(0) === 0x81) texts.push(rest.toString('utf8', start, start + length));
    rest = rest.subarray(start + length);
  }
}
