import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import { DiskStore } from '../../delivery/store/disk/disk-store';
import { loadSqlite } from '../../delivery/store/disk/file/sqlite';
import { memoryStore } from '../../delivery/store/memory-store';
import type { MessageStore } from '../../delivery/store/message-store';
import { isConfigured } from '../whereabouts';

/** The file in Node-RED's user directory in which the messages of all its domain nodes wait. */
const fileName = 'connect-cases.sqlite';
/** The program of its thread, beside that of the nodes. */
const threadName = 'store-thread.js';

/** A store that a domain node has. */
interface AcquiredStore {
  readonly store: MessageStore;
  /** Resolves once all that was given to the store is kept, or can't be now. */
  release(): Promise<void>;
}

interface Shared {
  readonly store: DiskStore;
  users: number;
}

/** One for each file: it outlives the domain nodes that a deploy closes and starts again. */
const shared = new Map<string, Shared>();
let saidWhyMemory = false;

/** Where the messages of a domain node wait. */
export function acquireStore(RED: NodeAPI, kind: 'disk' | 'memory'): AcquiredStore {
  const path = kind === 'disk' ? pathFor(RED) : undefined;
  if (path === undefined) return { store: memoryStore, release: async () => {} };
  const entry = shared.get(path) ?? open(RED, path);
  entry.users += 1;
  return {
    store: entry.store,
    async release() {
      entry.users -= 1;
      await (entry.users > 0 ? entry.store.settled() : entry.store.leave());
    },
  };
}

/** How many messages of a domain node wait on disk, whether it runs or not. */
export async function waitingOnDisk(RED: NodeAPI, domainNodeId: string): Promise<number> {
  const path = pathFor(RED);
  if (path === undefined || !(shared.has(path) || existsSync(path))) return 0;
  const { store } = shared.get(path) ?? open(RED, path);
  return (await store.counts()).get(domainNodeId) ?? 0;
}

/** Undefined where nothing can wait on disk; the log says why, once. */
function pathFor({ settings, log }: NodeAPI): string | undefined {
  const { userDir } = settings as { userDir?: string };
  const path = userDir === undefined ? undefined : join(userDir, fileName);
  if (path !== undefined && loadSqlite()) return path;
  if (!saidWhyMemory) {
    const why = path === undefined ? 'there is no user directory' : noSqlite;
    const left = path !== undefined && existsSync(path) ? leftText(path) : '';
    log.info(`Connect Cases: messages wait in memory and are lost if Node-RED stops, since ${why}.${left}`);
  }
  saidWhyMemory = true;
  return undefined;
}

const noSqlite = `this Node.js (${process.version}) has no SQLite; Node.js 22.13 and later have it`;

const leftText = (path: string): string => ` What still waits in ${path} goes on with one of these.`;

function open(RED: NodeAPI, path: string): Shared {
  const { events, log } = RED;
  const warn = (text: string) => log.warn(`Connect Cases: ${text}`);
  const store = new DiskStore({ path, thread: { file: join(__dirname, threadName) }, onWarning: warn });
  const entry = { store, users: 0 };
  shared.set(path, entry);
  /** Domain nodes that are not there, as the log says. */
  const said = new Set<string>();
  /** The flows run, and all domain nodes that want the store have it. */
  const onStarted = async () => {
    for (const [id, count] of await store.counts()) {
      if (isConfigured(RED, id)) said.delete(id);
      else if (!said.has(id)) {
        said.add(id);
        warn(orphansText(path, id, count));
      }
    }
    if (entry.users > 0) return;
    events.off('flows:started', onStarted);
    shared.delete(path);
    await store.close();
  };
  events.on('flows:started', onStarted);
  // It is opened while the flows start, by the first domain node that wants it.
  setImmediate(onStarted);
  return entry;
}

const orphansText = (path: string, id: string, count: number): string =>
  `${count} messages wait for a domain node that is not there any more (${id}). They stay in ${path} until it is there again with this id, as after an undo, an import or a change of the project. To throw away all that waits, stop Node-RED and delete the file.`;
