import { serialize } from 'node:v8';
import type { Doubt, OwnedItem, StoredMessage } from '../message-store';
import type { Change, DoubtColumns, StoredRow } from './change';
import type { Page, PageRow } from './disk-protocol';
import { joined } from './file/rows';
import { fromBytes, toBytes } from './message-bytes';

type ChangeOf<Kind extends Change['do']> = Extract<Change, { readonly do: Kind }>;

/** A message as it stands in the file; not `complete` where something of it can't be written down. */
export function toRow(message: StoredMessage): { readonly row: StoredRow; readonly complete: boolean } {
  const { msg, input, merge, keep, doubt, end: _end, ...plain } = message;
  const { bytes, complete } = toBytes(msg);
  const options = { merge: Number(merge ?? false), keep: Number(keep ?? false) };
  return {
    row: { ...plain, ...options, ...toColumns(doubt), input: serialize(input), msg: bytes, ended: null },
    complete,
  };
}

const noDoubt: DoubtColumns = { firstSentAt: null, lastSentAt: null, packedWith: null, notMine: null };

export const toColumns = (doubt: Doubt | undefined): DoubtColumns =>
  doubt ? { ...doubt, notMine: JSON.stringify(doubt.notMine) } : noDoubt;

const toDoubt = ({ firstSentAt, lastSentAt, packedWith, notMine }: DoubtColumns): Doubt | undefined =>
  firstSentAt !== null && lastSentAt !== null && packedWith !== null
    ? { firstSentAt, lastSentAt, packedWith, notMine: JSON.parse(notMine ?? '[]') as OwnedItem[] }
    : undefined;

/** The message of a row that is not in the file yet. */
export function fromRow({ msg, input, ...row }: StoredRow): StoredMessage {
  const bytes = joined([msg, input]);
  return new LoadedMessage({ ...row, msgBytes: msg.byteLength, inputBytes: input.byteLength }, bytes, 0);
}

/** A message with a change that is not in the file yet. */
export function changed(message: StoredMessage, { attempts, doubt }: ChangeOf<'doubt'>): StoredMessage {
  const { id, domainNodeId, nodeId, operation, acceptedAt, merge, keep, msg, input } = message;
  const inDoubt = toDoubt(doubt);
  return {
    ...{ id, domainNodeId, nodeId, operation, acceptedAt, msg, input },
    ...(merge && { merge }),
    ...(keep && { keep }),
    attempts: attempts ?? message.attempts,
    ...(inDoubt && { doubt: inDoubt }),
  };
}

/** The messages of a page; undefined for one that can't be read. */
export function toMessages({ rows, bytes }: Page): readonly (StoredMessage | undefined)[] {
  let at = 0;
  return rows.map((row) => {
    const start = at;
    at += row.msgBytes + row.inputBytes;
    return readable(row, bytes, start);
  });
}

/** Undefined where something on the disk is not what was written, but for what only comes back with the message. */
function readable(row: PageRow, bytes: Uint8Array, start: number): StoredMessage | undefined {
  try {
    const message = new LoadedMessage(row, bytes, start);
    void message.input;
    return message;
  } catch {
    return undefined;
  }
}

/**
 * A message whose content stays as the bytes that were read until somebody asks for it: a hundred thousand with
 * all that they hold as objects would keep the garbage collector busy for too long at a time.
 */
class LoadedMessage implements StoredMessage {
  readonly id: string;
  readonly domainNodeId: string;
  readonly nodeId: string;
  readonly operation: string;
  readonly acceptedAt: number;
  readonly attempts: number;
  declare readonly merge?: boolean;
  declare readonly keep?: boolean;
  declare readonly doubt?: Doubt;
  declare readonly end?: unknown;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #msgBytes: number;
  readonly #inputBytes: number;

  constructor(row: PageRow, bytes: Uint8Array, start: number) {
    this.id = row.id;
    this.domainNodeId = shared(row.domainNodeId);
    this.nodeId = shared(row.nodeId);
    this.operation = shared(row.operation);
    this.acceptedAt = row.acceptedAt;
    this.attempts = row.attempts;
    if (row.merge) this.merge = true;
    if (row.keep) this.keep = true;
    const doubt = toDoubt(row);
    if (doubt) this.doubt = doubt;
    if (row.ended) this.end = fromBytes(row.ended);
    this.#bytes = bytes;
    this.#start = start;
    this.#msgBytes = row.msgBytes;
    this.#inputBytes = row.inputBytes;
  }

  /** An empty message where its bytes can't be read: its request is delivered all the same. */
  get msg(): unknown {
    try {
      return fromBytes(this.#bytes.subarray(this.#start, this.#start + this.#msgBytes));
    } catch {
      return {};
    }
  }

  get input(): unknown {
    if (lastRead?.message !== this) {
      const start = this.#start + this.#msgBytes;
      lastRead = { message: this, input: fromBytes(this.#bytes.subarray(start, start + this.#inputBytes)) };
    }
    return lastRead.input;
  }
}

/** The input that was read last: whoever begins a message asks for it several times in a row. */
let lastRead: { readonly message: LoadedMessage; readonly input: unknown } | undefined;

const texts = new Map<string, string>();

/** The one copy of a text that all messages share: ids of nodes are few. */
function shared(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, text);
  return text;
}
