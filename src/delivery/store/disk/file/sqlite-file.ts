import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import type { Change, StoredRow } from '../change';
import {
  monotonicMs,
  type NoteRow,
  type OpenAnswer,
  type Page,
  type PageRequest,
  type Rescue,
} from '../disk-protocol';
import { type ClockMark, FileClock } from './file-clock';
import { inTransaction, openOrRescue } from './open';
import { insert, insertRow, joined } from './rows';
import type { Database, Statement } from './sqlite';

/** Unused space is given back to the file system after so many removed messages. */
const compactAfter = 10_000;

/** The file of waiting messages of one user directory; only one process has it at a time. All calls block. */
export class SqliteFile {
  readonly #path: string;
  readonly #rescue: Rescue | undefined;
  readonly #database: Database;
  readonly #add: Statement;
  readonly #doubt: Statement;
  readonly #remove: Statement;
  readonly #note: Statement;
  readonly #forget: Statement;
  readonly #end: Statement;
  readonly #mark: Statement;
  readonly clock: FileClock;
  readonly #lastRunAt: number;
  #removed = 0;

  /**
   * Opens the file, or makes it; `clock` goes on where it was open before. Throws where it is held by another process or
   * can't be read or written.
   */
  constructor(path: string, clock?: FileClock) {
    this.#path = path;
    const { database, rescue } = openOrRescue(path);
    this.#database = database;
    this.#rescue = rescue;
    const last = lastMark(database);
    const newest = database.prepare('SELECT max(acceptedAt) AS at FROM messages').get();
    this.clock = clock ?? new FileClock(last, Number(newest?.at ?? 0));
    // Nobody knows when a damaged file was last written.
    this.#lastRunAt = rescue ? this.clock.now() : (last?.fileMs ?? Number.NEGATIVE_INFINITY);
    this.#mark = database.prepare(
      'INSERT OR REPLACE INTO clock (id, fileMs, wallMs, uptimeMs, bootId, wallIsRight) VALUES (0, ?, ?, ?, ?, ?)',
    );
    this.#end = database.prepare('UPDATE messages SET ended = ? WHERE id = ?');
    this.#add = database.prepare(insertRow);
    this.#doubt = database.prepare(
      'UPDATE messages SET attempts = coalesce(?, attempts), firstSentAt = ?, lastSentAt = ?, packedWith = ?, notMine = ? WHERE id = ?',
    );
    this.#note = database.prepare('INSERT OR REPLACE INTO notes (id, value, until) VALUES (?, ?, ?)');
    this.#forget = database.prepare('DELETE FROM notes WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM messages WHERE id = ?');
  }

  /** Makes all changes or, where it throws, none; afterwards they survive a power cut. */
  apply(changes: readonly Change[], wallIsRight: boolean): void {
    if (!this.isThere) throw new Error('it was deleted');
    inTransaction(this.#database, () => {
      for (const change of changes) this.#make(change);
      this.#writeTime(wallIsRight);
    });
    if (this.#removed >= compactAfter) this.#compact();
  }

  /** Writes the time down, if messages wait. */
  tick(wallIsRight: boolean): void {
    if (this.#database.prepare('SELECT 1 FROM messages LIMIT 1').get()) this.#writeTime(wallIsRight);
  }

  openAnswer(): OpenAnswer {
    const clock = { fileMs: this.clock.now(), monotonicMs: monotonicMs() };
    return { rescue: this.#rescue, clock, lastRunAt: this.#lastRunAt };
  }

  notes(): readonly NoteRow[] {
    const sql = 'SELECT id, value, until FROM notes';
    return this.#database.prepare(sql).all() as unknown as readonly NoteRow[];
  }

  page({ domainNodeId, after, upTo = this.#lastPlace(), limit }: PageRequest): Page {
    const found = this.#database
      .prepare(
        'SELECT * FROM messages WHERE domainNodeId = ? AND place > ? AND place <= ? ORDER BY place LIMIT ?',
      )
      .all(domainNodeId, after, upTo, limit) as unknown as (StoredRow & { place: number })[];
    const rows = found.map(({ msg, input, place, ...row }) => ({
      ...row,
      msgBytes: msg.byteLength,
      inputBytes: input.byteLength,
    }));
    const bytes = joined(found.flatMap(({ msg, input }) => [msg, input]));
    return { rows, bytes, after: found.length < limit ? undefined : found.at(-1)?.place, upTo };
  }

  close(): void {
    this.#compact();
    this.#database.close();
  }

  /** Whether it is still where it was opened. */
  get isThere(): boolean {
    return existsSync(this.#path);
  }

  /** Puts all that it has, though it was deleted, where it was, and closes it. Throws where that can't be done now. */
  putBack(): void {
    const draft = `${this.#path}.new`;
    rmSync(draft, { force: true });
    closeSync(openSync(draft, 'a', 0o600));
    this.#database.prepare('VACUUM INTO ?').run(draft);
    // Before it is closed: until then all is here, too, and can be tried again.
    renameSync(draft, this.#path);
    this.close();
  }

  /** How many messages there are, by their domain nodes. */
  counts(): ReadonlyMap<string, number> {
    const sql = 'SELECT domainNodeId, count(*) AS messages FROM messages GROUP BY domainNodeId';
    const rows = this.#database.prepare(sql).all();
    return new Map(rows.map(({ domainNodeId, messages }) => [String(domainNodeId), Number(messages)]));
  }

  #lastPlace(): number {
    return Number(this.#database.prepare('SELECT max(place) AS last FROM messages').get()?.last ?? 0);
  }

  #make(change: Change): void {
    switch (change.do) {
      case 'add':
        insert(this.#add, change.row);
        break;
      case 'doubt': {
        const { firstSentAt, lastSentAt, packedWith, notMine } = change.doubt;
        this.#doubt.run(change.attempts, firstSentAt, lastSentAt, packedWith, notMine, change.id);
        break;
      }
      case 'end':
        this.#end.run(change.end, change.id);
        break;
      case 'note':
        this.#note.run(change.id, change.value, change.until);
        break;
      case 'forget':
        this.#forget.run(change.id);
        break;
      case 'remove':
        this.#removed += 1;
        this.#remove.run(change.id);
        break;
    }
  }

  #writeTime(isRight: boolean): void {
    const { fileMs, wallMs, uptimeMs, bootId, wallIsRight } = this.clock.mark(isRight);
    this.#mark.run(fileMs, wallMs, uptimeMs, bootId, Number(wallIsRight));
  }

  /** What can't be given back now, as on a full disk, is another time. */
  #compact(): void {
    this.#removed = 0;
    try {
      this.#database.prepare('DELETE FROM notes WHERE until < ?').run(this.clock.now());
      this.#database.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {}
  }
}

/** What the clocks showed when something was last written. */
function lastMark(database: Database): ClockMark | undefined {
  const row = database.prepare('SELECT * FROM clock').get();
  if (!row) return undefined;
  const { fileMs, wallMs, uptimeMs, bootId, wallIsRight } = row;
  return {
    fileMs: Number(fileMs),
    wallMs: Number(wallMs),
    uptimeMs: Number(uptimeMs),
    bootId: String(bootId),
    wallIsRight: wallIsRight === 1,
  };
}
