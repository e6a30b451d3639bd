import type { StoredRow } from '../change';
import type { SqlValue, Statement } from './sqlite';

/** The columns of a message, in the order of the values that are written; each with what stands for nothing. */
const columns = {
  id: null,
  domainNodeId: null,
  nodeId: null,
  operation: null,
  input: null,
  msg: null,
  merge: 0,
  keep: 0,
  acceptedAt: null,
  attempts: 0,
  firstSentAt: null,
  lastSentAt: null,
  packedWith: null,
  notMine: null,
  ended: null,
} as const satisfies Readonly<Record<keyof StoredRow, SqlValue>>;

const names = Object.keys(columns) as readonly (keyof StoredRow)[];

export const insertRow = `INSERT OR REPLACE INTO messages (${names.join()}) VALUES (${names.map(() => '?').join()})`;

/** Writes a row with `insertRow`; one of an older version of the file may have less in it. */
export function insert(
  statement: Statement,
  row: Partial<Readonly<Record<keyof StoredRow, SqlValue>>>,
): void {
  statement.run(...names.map((name) => row[name] ?? columns[name]));
}

/** One part behind the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
