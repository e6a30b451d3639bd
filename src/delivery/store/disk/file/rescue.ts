import { existsSync, renameSync, rmSync } from 'node:fs';
import { fromBytes } from '../message-bytes';
import type { Database, Row, Statement } from './sqlite';

/** Rows that are looked for one by one where neither end of the file leads to them. */
const maxProbes = 100_000;

/** Moves a damaged file, and the log beside it, out of the way. Returns where it is now. */
export function setAside(path: string): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const to = `${path}.damaged-${time}`;
  move(path, to);
  return to;
}

/** Moves a file, and the log beside it, to where another may be. */
export function move(path: string, to: string): void {
  for (const suffix of ['', '-wal']) {
    rmSync(to + suffix, { force: true });
    if (existsSync(path + suffix)) renameSync(path + suffix, to + suffix);
  }
}

/** What was overwritten or cut off may be read as a row of nothing, or of half of what it was. */
function isWhole({ id, domainNodeId, nodeId, operation, input, msg }: Row): boolean {
  try {
    for (const bytes of [input, msg]) fromBytes(bytes as Uint8Array);
    return [id, domainNodeId, nodeId, operation].every((value) => typeof value === 'string');
  } catch {
    return false;
  }
}

/** Every message of a damaged file that can still be read, oldest first. Never throws. */
export function readableRows(connect: () => Database): readonly Row[] {
  const rows = new Map<number, Row>();
  /** Before 22.16 Node.js crashes where nobody has the statement while its rows are read: the iterator alone does not keep it. */
  let statement: Statement;
  const read = (database: Database, sql: string, ...places: number[]): void => {
    try {
      statement = database.prepare(sql);
      for (const row of statement.iterate(...places)) rows.set(Number(row.place), row);
    } catch {} // What was read until here counts.
  };
  try {
    const database = connect();
    // Reading takes no space on the disk, and SQLite reads a file that is shorter than it says.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA writable_schema = ON');
    read(database, 'SELECT * FROM messages ORDER BY place');
    const first = Math.max(0, ...rows.keys());
    read(database, 'SELECT * FROM messages WHERE place > ? ORDER BY place DESC', first);
    const beyond = Math.min(first + maxProbes, ...[...rows.keys()].filter((place) => place > first));
    const ahead = rows.size > 0 && beyond < first + maxProbes ? beyond : first;
    for (let place = first + 1; place < ahead; place += 1)
      read(database, 'SELECT * FROM messages WHERE place = ?', place);
    database.close();
  } catch {} // Not even its first page can be read.
  return [...rows.values()].filter(isWhole).sort((one, other) => Number(one.place) - Number(other.place));
}
