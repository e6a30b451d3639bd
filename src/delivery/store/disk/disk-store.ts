import type { MessageStore, Note, SentRequest, StoredMessage } from '../message-store';
import { type Answer, monotonicMs, type OpenAnswer, type Request } from './disk-protocol';
import { HandedOn } from './handed-on';
import { tryToWrite } from './message-bytes';
import { messagesInFile, noteChange, notesAfter } from './reader';
import { changed, fromRow, toColumns, toRow } from './row';
import { incompleteText, unkeptText, unreadableText } from './warnings';
import { Writer, type WriterOptions } from './writer';

type DiskStoreOptions = WriterOptions;

/** A clock that is no further from the service's is right. */
const rightMs = 300_000;

/** Messages in a SQLite file. While it can't be opened or written, they are in memory and everything else goes on. */
export class DiskStore implements MessageStore {
  readonly handsOver = true;
  readonly #options: DiskStoreOptions;
  readonly #writer: Writer;
  readonly #ask = (request: Request): Promise<Answer> => this.#writer.ask(request);
  /** Messages whose end is known, until the file does not have them any more. */
  readonly #ended = new Set<string>();
  readonly #handedOn = new HandedOn((ids) => this.#removeNow(ids));
  /** Each load that is going on: the messages that were removed meanwhile, of which it may have read some. */
  readonly #loads = new Set<Set<string>>();
  /** Who gets what earlier runs have left once the file can be opened: by the domain node, the delivery that asked last. */
  readonly #late = new Map<string, (messages: readonly StoredMessage[]) => void>();
  readonly #lateNotes: ((notes: readonly Note[]) => void)[] = [];
  /** What the clock of the file says when that of the process is at 0; a guess until the file is open. */
  #clockStart = Date.now() - monotonicMs();
  #lastRunAt = Number.NEGATIVE_INFINITY;
  #saidIncomplete = false;

  constructor(options: DiskStoreOptions) {
    this.#options = options;
    this.#writer = new Writer(options, { opened: (answer) => this.#opened(answer), now: () => this.now() });
  }

  get durable(): boolean {
    return this.#writer.isWriting;
  }

  now(): number {
    return this.#clockStart + monotonicMs();
  }

  async lastRunAt(): Promise<number> {
    await this.#writer.settled();
    return this.#lastRunAt;
  }

  async load(
    domainNodeId: string,
    late?: (messages: readonly StoredMessage[]) => void,
  ): Promise<readonly StoredMessage[]> {
    const removed = new Set<string>();
    this.#loads.add(removed);
    await this.#writer.settled();
    // Where it can't be written, the file is not all there is, nor later, where it can be written again meanwhile.
    const before = [...this.#writer.changes];
    if (late && !this.#writer.wasOpen) this.#late.set(domainNodeId, late);
    const messages = this.#writer.wasOpen
      ? await this.#inFile(domainNodeId)
      : new Map<string, StoredMessage>();
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
    const { counts = new Map() } = await this.#ask({ do: 'count' });
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
    this.#writer.push(noteChange(key, value, forMs, this.now()));
  }

  async notes(late?: (notes: readonly Note[]) => void): Promise<readonly Note[]> {
    await this.#writer.settled();
    if (late && !this.#writer.wasOpen) this.#lateNotes.push(late);
    const { notes = [] } = this.#writer.wasOpen ? await this.#ask({ do: 'notes' }) : {};
    return notesAfter(notes, this.#writer.changes, this.now());
  }

  settled(): Promise<void> {
    this.#handedOn.flush();
    return this.#writer.settled();
  }

  /** As `settled`; what can't be written is tried once more, and what is lost then if the process ends is told. */
  async leave(): Promise<void> {
    this.#handedOn.flush();
    await this.#writer.flush();
    const unkept = [...this.#writer.changes].filter((change) => change.do === 'add').length;
    if (unkept > 0) this.#options.onWarning(unkeptText(this.#options.path, unkept));
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
    void this.#tellLate();
  }

  async #inFile(domainNodeId: string): Promise<Map<string, StoredMessage>> {
    const { messages, unreadable } = await messagesInFile(this.#ask, domainNodeId);
    if (unreadable > 0) this.#options.onWarning(unreadableText(this.#options.path, unreadable));
    return messages;
  }

  /** What is asked of the file here is answered before anything is written to it. */
  async #tellLate(): Promise<void> {
    const changes = [...this.#writer.changes];
    const notes = this.#ask({ do: 'notes' });
    const loads = [...this.#late].map(([id, take]) => ({ take, messages: this.#inFile(id) }));
    this.#late.clear();
    for (const take of this.#lateNotes.splice(0))
      take(notesAfter((await notes).notes ?? [], changes, this.now()));
    for (const { take, messages } of loads) take([...(await messages).values()]);
  }

  #sayIncomplete(): void {
    if (this.#saidIncomplete) return;
    this.#saidIncomplete = true;
    this.#options.onWarning(incompleteText);
  }
}
