import { chmodSync, closeSync, openSync } from 'node:fs';
import type { Change, StoredRow } from '../change';
import type { Page, PageRequest, Rescue } from '../disk-protocol';
import { readableRows, setAside } from './rescue';
import { migrate } from './schema';
import { type Database, damagedCode, isDamaged, loadSqlite, type SqlValue, type Statement } from './sqlite';

/** How long another process that is just ending may still hold the file, in milliseconds. */
const heldMs = 5000;
/** Unused space is given back to the file system after so many removed messages. */
const compactAfter = 10_000;

/** The file of waiting messages of one user directory; only one process has it at a time. All calls block. */
export class SqliteFile {
  readonly rescue: Rescue | undefined;
  readonly #database: Database;
  readonly #add: Statement;
  readonly #doubt: Statement;
  readonly #remove: Statement;
  readonly #note: Statement;
  #removed = 0;

  /** Opens the file, or makes it. Throws where it is held by another process or can't be read or written. */
  constructor(path: string) {
    const { database, rescue } = openOrRescue(path);
    this.#database = database;
    this.rescue = rescue;
    this.#add = database.prepare(insertRow);
    this.#doubt = database.prepare(
      'UPDATE messages SET attempts = coalesce(?, attempts), firstSentAt = ?, lastSentAt = ?, packedWith = ?, notMine = ? WHERE id = ?',
    );
    this.#note = database.prepare('INSERT OR REPLACE INTO notes (id, value, until) VALUES (?, ?, ?)');
    this.#remove = database.prepare('DELETE FROM messages WHERE id = ?');
  }

  /** Makes all changes or, where it throws, none; afterwards they survive a power cut. */
  apply(changes: readonly Change[]): void {
    inTransaction(this.#database, () => {
      for (const change of changes) this.#make(change);
    });
    if (this.#removed >= compactAfter) this.#compact();
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
      case 'note':
        this.#note.run(change.id, change.value, change.until);
        break;
      case 'remove':
        this.#removed += 1;
        this.#remove.run(change.id);
        break;
    }
  }

  #compact(): void {
    this.#removed = 0;
    this.#database.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

const columns = [
  'id',
  'domainNodeId',
  'nodeId',
  'operation',
  'input',
  'msg',
  'merge',
  'keep',
  'acceptedAt',
  'attempts',
  'firstSentAt',
  'lastSentAt',
  'packedWith',
  'notMine',
] as const satisfies readonly (keyof StoredRow)[];

const insertRow = `INSERT OR REPLACE INTO messages (${columns.join()}) VALUES (${columns.map(() => '?').join()})`;

const insert = (statement: Statement, row: Readonly<Record<keyof StoredRow, SqlValue>>): void => {
  statement.run(...columns.map((column) => row[column]));
};

function inTransaction(database: Database, run: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    run();
    database.exec('COMMIT');
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {} // After a full disk SQLite has rolled back by itself.
    throw error;
  }
}

function openOrRescue(path: string): { readonly database: Database; readonly rescue: Rescue | undefined } {
  try {
    return { database: open(path), rescue: undefined };
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  const from = setAside(path);
  const rows = readableRows(() => connect(from, { defensive: false }));
  const database = open(path);
  const statement = database.prepare(insertRow);
  inTransaction(database, () => {
    for (const row of rows) insert(statement, row as unknown as StoredRow);
  });
  return { database, rescue: { from, messages: rows.length } };
}

/** Nobody but its owner may read the file: it holds what customers are told. */
function open(path: string): Database {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = connect(path);
  try {
    database.exec(
      'PRAGMA auto_vacuum = INCREMENTAL; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL',
    );
    const found = String(database.prepare('PRAGMA quick_check(1)').get()?.quick_check);
    if (found !== 'ok') throw Object.assign(new Error(found), { errcode: damagedCode });
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** `defensive` as SQLite has it: what would let a damaged file be read is switched off. */
function connect(path: string, { defensive = true } = {}): Database {
  const sqlite = loadSqlite();
  if (!sqlite) throw new Error('This Node.js has no SQLite.');
  return new sqlite.DatabaseSync(path, { timeout: heldMs, defensive });
}
