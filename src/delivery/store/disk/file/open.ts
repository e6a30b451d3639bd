import { chmodSync, closeSync, openSync } from 'node:fs';
import type { StoredRow } from '../change';
import type { Rescue } from '../disk-protocol';
import { move, readableRows, setAside } from './rescue';
import { insert, insertRow } from './rows';
import { migrate } from './schema';
import { type Database, damagedCode, isDamaged, loadSqlite } from './sqlite';

/** How long another process that is just ending may still hold the file, in milliseconds. */
const heldMs = 5000;
/** A commit writes whole pages, a dozen for each message: SQLite's 4096 bytes would wear a card four times as fast. */
const pageBytes = 1024;

/** Has all of `run` done or, where it throws, nothing. */
export function inTransaction(database: Database, run: () => void): void {
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

/**
 * Opens the file, or makes it; one that is damaged is put aside, and what can be read of it goes on in a new one.
 * Throws where it is held by another process or can't be read or written.
 */
export function openOrRescue(path: string): {
  readonly database: Database;
  readonly rescue: Rescue | undefined;
} {
  try {
    return { database: open(path), rescue: undefined };
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  const from = setAside(path);
  let database: Database | undefined;
  try {
    const rows = readableRows(() => connect(from, { defensive: false }));
    database = open(path);
    const statement = database.prepare(insertRow);
    inTransaction(database, () => {
      for (const row of rows) insert(statement, row as unknown as StoredRow);
    });
    return { database, rescue: { from, messages: rows.length } };
  } catch (error) {
    // As on a full disk: whoever tries again finds all as it was.
    database?.close();
    move(from, path);
    throw error;
  }
}

/** Nobody but its owner may read the file: it holds what customers are told. */
function open(path: string): Database {
  closeSync(openSync(path, 'a', 0o600));
  try {
    chmodSync(path, 0o600);
  } catch {} // As on a drive that says for all its files whose they are and who may read them.
  const database = connect(path);
  try {
    database.exec(
      `PRAGMA page_size = ${pageBytes}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`,
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
