import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@sinonjs/fake-timers';
import { DiskStore } from '../../../src/delivery/store/disk/disk-store';
import { loadSqlite } from '../../../src/delivery/store/disk/file/sqlite';
import type { SentRequest, StoredMessage } from '../../../src/delivery/store/message-store';

/** Whether this Node.js has SQLite; CI runs these tests on one that has. */
export const hasSqlite = loadSqlite() !== undefined;

/** The thread's program as it stands in the sources. */
const thread = {
  file: resolve(__dirname, '../../../src/delivery/store/disk/disk-thread.ts'),
  execArgv: ['--require', 'tsx/cjs'],
};

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is there until the tests have ended. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waiting-'));
  folders.push(folder);
  return folder;
}

export const newPath = (): string => join(newFolder(), 'waiting.sqlite');

/** A store in `path`, with what it warned of. */
export function openStore(path: string): { readonly store: DiskStore; readonly warnings: string[] } {
  const warnings: string[] = [];
  return { store: new DiskStore({ path, thread, onWarning: (text) => warnings.push(text) }), warnings };
}

export const message = (id: string, more: Partial<StoredMessage> = {}): StoredMessage => ({
  id,
  domainNodeId: 'domain',
  nodeId: 'node',
  msg: { _msgid: id, payload: `payload of ${id}` },
  operation: 'CreateRelatedItem',
  input: { caseId: 'case', content: { comment: { body: id } } },
  acceptedAt: 1_700_000_000_000,
  attempts: 0,
  ...more,
});

/** The request of one message. */
export const sentOnce = (id: string, attempts: number, at: number): SentRequest => ({
  messages: [{ id, attempts }],
  firstSentAt: at,
  lastSentAt: at,
  notMine: [],
});

export const ids = (messages: readonly { readonly id: string }[]): string[] => messages.map(({ id }) => id);

/** A store whose disk is full until `${path}.space` is there. */
export function fullDisk(path: string): { readonly store: DiskStore; readonly warnings: string[] } {
  const warnings: string[] = [];
  const full = { ...thread, file: resolve(__dirname, 'full-disk-thread.ts') };
  return { warnings, store: new DiskStore({ path, thread: full, onWarning: (text) => warnings.push(text) }) };
}

/** A store whose thread ends once, at the moment that `endAt` names, such as `before COMMIT`. */
export function dyingThread(path: string): {
  readonly store: DiskStore;
  readonly warnings: string[];
  readonly endAt: (moment: string) => void;
} {
  const warnings: string[] = [];
  const dying = { ...thread, file: resolve(__dirname, 'dying-thread.ts') };
  return {
    warnings,
    store: new DiskStore({ path, thread: dying, onWarning: (text) => warnings.push(text) }),
    endAt: (moment) => writeFileSync(`${path}.ends`, moment),
  };
}

/** Lets the time of a fake clock pass until the store tries again and can write. */
export async function untilDurable(store: DiskStore, clock: Clock): Promise<void> {
  while (!store.durable) {
    clock.tick(1000);
    for (let turn = 0; turn < 100; turn += 1) await nextTurn();
  }
}

/** A message that takes pages which the file does not have. */
export const large = (id: string): StoredMessage =>
  message(id, { msg: { _msgid: id, payload: id.repeat(10_000) } });

/** The messages of a file as it is now: what a process finds there that begins after a power cut. */
export async function afterPowerCut(path: string): Promise<string[]> {
  const folder = newFolder();
  cpSync(dirname(path), folder, { recursive: true });
  const { store } = openStore(join(folder, basename(path)));
  const found = ids(await store.load('domain'));
  await store.close();
  return found;
}
