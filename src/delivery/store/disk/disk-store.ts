import { setImmediate as nextTurn } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { MessageStore, Note, SentRequest, StoredMessage } from '../message-store';
import { monotonicMs, type NoteRow, type OpenAnswer } from './disk-protocol';
import { HandedOn } from './handed-on';
import { tryToWrite } from './message-bytes';
import { changed, fromRow, toColumns, toMessages, toRow } from './row';
import { incompleteText, unreadableText } from './warnings';
import { Writer, type WriterOptions } from './writer';

type DiskStoreOptions = WriterOptions;

/** Messages that are read at once; the event loop has a turn in between. */
const pageSize = 250;
const notePrefix = 'note ';
/** A clock that is no further from the service's is right. */
const rightMs = 300_000;

/** Messages in a SQLite file. Where the file can't be used, nothing is kept and everything else goes on. */
export class DiskStore implements MessageStore {
  readonly #options: DiskStoreOptions;
  readonly #writer: Writer;
  /** Messages whose end is known, until the file does not have them any more. */
  readonly #ended = new Set<string>();
  readonly #handedOn = new HandedOn((ids) => this.#removeNow(ids));
  /** Each load that is going on: the messages that were removed meanwhile, of which it may have read some. */
  readonly #loads = new Set<Set<string>>();
  /** What the clock of the file says when that of the process is at 0; a guess until the file is open. */
  #clockStart = Date.now() - monotonicMs();
  #lastRunAt = Number.NEGATIVE_INFINITY;
  #saidIncomplete = false;

  constructor(options: DiskStoreOptions) {
    this.#options = options;
    this.#writer = new Writer(options, (answer) => this.#opened(answer));
  }

  get durable(): boolean {
    return this.#writer.state === 'writing';
  }

  get handsOver(): boolean {
    return this.#writer.state !== 'gone';
  }

  now(): number {
    return this.#clockStart + monotonicMs();
  }

  async lastRunAt(): Promise<number> {
    await this.#writer.opened();
    return this.#lastRunAt;
  }

  async load(domainNodeId: string): Promise<readonly StoredMessage[]> {
    const removed = new Set<string>();
    this.#loads.add(removed);
    await this.#writer.settled();
    // Where it can't be written, the file is not all there is, nor later, where it can be written again meanwhile.
    const before = [...this.#writer.changes];
    const messages = await this.#inFile(domainNodeId);
    this.#loads.delete(removed);
    for (const change of [...before, ...this.#writer.changes]) {
      if (change.do === 'add' && change.row.domainNodeId === domainNodeId)
        messages.set(change.id, fromRow(change.row));
      else if (change.do === 'remove') messages.delete(change.id);
      else if (change.do === 'doubt') {
        const message = messages.get(change.id);
        if (message) messages.set(change.id, changed(message, change));
      }
    }
    for (const id of [...this.#ended, ...removed]) messages.delete(id);
    return [...messages.values()];
  }

  /** How many messages it has, by their domain nodes, whether these are there or not. */
  async counts(): Promise<ReadonlyMap<string, number>> {
    await this.settled();
    const { counts = new Map() } = await this.#writer.ask({ do: 'count' });
    return counts;
  }

  add(message: StoredMessage): void {
    const { row, complete } = toRow(message);
    if (!complete) this.#sayIncomplete();
    this.#writer.push({ do: 'add', id: row.id, row });
  }

  sending({ messages, ...doubt }: SentRequest): Promise<void> {
    const packedWith = messages[0]?.id ?? '';
    if (Number.isFinite(doubt.lastSentAt))
      this.#writer.wallIsRight = Math.abs(doubt.lastSentAt - Date.now()) < rightMs;
    const columns = toColumns({ ...doubt, packedWith });
    for (const { id, attempts } of messages) this.#writer.push({ do: 'doubt', id, attempts, doubt: columns });
    return this.#writer.settled();
  }

  notCarriedOut(ids: readonly string[]): void {
    for (const id of ids) this.#writer.push({ do: 'doubt', id, attempts: null, doubt: toColumns(undefined) });
  }

  ended(id: string, end: unknown): void {
    this.#ended.add(id);
    const bytes = tryToWrite(end);
    if (bytes) this.#writer.push({ do: 'end', id, end: bytes });
  }

  remove(id: string): void {
    this.#ended.add(id);
    this.#handedOn.add(id);
  }

  note(key: string, value: unknown, forMs: number): void {
    const until = this.now() + forMs;
    this.#writer.push({ do: 'note', id: notePrefix + key, value: serialize(value), until });
  }

  async notes(): Promise<readonly Note[]> {
    await this.#writer.settled();
    const { notes = [] } = await this.#writer.ask({ do: 'notes' });
    const all = new Map(notes.map((note) => [note.id, note]));
    for (const change of this.#writer.changes) if (change.do === 'note') all.set(change.id, change);
    const now = this.now();
    return [...all.values()].filter(({ until }) => until > now).flatMap((note) => toNotes(note, now));
  }

  settled(): Promise<void> {
    this.#handedOn.flush();
    return this.#writer.settled();
  }

  close(): Promise<void> {
    this.#handedOn.flush();
    return this.#writer.close();
  }

  #removeNow(ids: readonly string[]): void {
    for (const id of ids) {
      this.#ended.delete(id);
      for (const removed of this.#loads) removed.add(id);
      this.#writer.push({ do: 'remove', id });
    }
  }

  #opened({ clock, lastRunAt }: OpenAnswer): void {
    const start = clock.fileMs - clock.monotonicMs;
    const guessedWrongBy = start - this.#clockStart;
    if (Math.abs(guessedWrongBy) > 1000) this.#writer.changes.shiftTimes(guessedWrongBy);
    this.#clockStart = start;
    this.#lastRunAt = lastRunAt;
  }

  /** All messages of a domain node that can be read, by their ids, in the order in which they came. */
  async #inFile(domainNodeId: string): Promise<Map<string, StoredMessage>> {
    const messages = new Map<string, StoredMessage>();
    let unreadable = 0;
    const read = (after: number, upTo: number | undefined) =>
      this.#writer.ask({ do: 'page', page: { domainNodeId, after, upTo, limit: pageSize } });
    let { page } = await read(0, undefined);
    while (page) {
      const { after, upTo } = page;
      // The next one is read while this one is gone through.
      const next = after === undefined ? undefined : read(after, upTo);
      for (const message of toMessages(page)) {
        if (message) messages.set(message.id, message);
        else unreadable += 1;
      }
      await nextTurn();
      const answer = await next;
      // It was damaged: what could be read is in a new file, in other places.
      page = answer?.open ? (await read(0, undefined)).page : answer?.page;
    }
    if (unreadable > 0) this.#options.onWarning(unreadableText(this.#options.path, unreadable));
    return messages;
  }

  #sayIncomplete(): void {
    if (this.#saidIncomplete) return;
    this.#saidIncomplete = true;
    this.#options.onWarning(incompleteText);
  }
}

/** None where it can't be read. */
function toNotes({ id, value, until }: NoteRow, now: number): readonly Note[] {
  try {
    return [{ key: id.slice(notePrefix.length), value: deserialize(value), leftMs: until - now }];
  } catch {
    return [];
  }
}
