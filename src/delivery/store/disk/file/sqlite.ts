/** The part of `node:sqlite` that is used here. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
export interface Statement {
  run(...values: SqlValue[]): unknown;
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
  iterate(...values: SqlValue[]): Iterable<Row>;
}
export type SqlValue = string | number | null | Uint8Array;
export type Row = Record<string, SqlValue>;

type Sqlite = {
  DatabaseSync: new (path: string, options?: { timeout?: number; defensive?: boolean }) => Database;
};

/** Node.js's own SQLite; undefined before 22.13, which has none without a flag. */
export function loadSqlite(): Sqlite | undefined {
  const emitWarning = process.emitWarning;
  // On each start the log would say that SQLite is experimental, which nobody who reads it can change.
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule?.('node:sqlite' as 'node:fs') as unknown as Sqlite | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Result codes of SQLite (sqlite.org/rescode.html) that call for something of their own. */
const busyCode = 5;
export const damagedCode = 11;
const noDatabaseCode = 26;

const primaryCode = (error: unknown): number => {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : 0;
};

/** Whether another process holds the file. */
export const isHeld = (error: unknown): boolean => primaryCode(error) === busyCode;

/** Whether the file is not what SQLite wrote. */
export const isDamaged = (error: unknown): boolean =>
  [damagedCode, noDatabaseCode].includes(primaryCode(error));
