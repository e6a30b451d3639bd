import { setImmediate as nextTurn } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { Note, StoredMessage } from '../message-store';
import type { Change } from './change';
import type { Answer, NoteRow, Request } from './disk-protocol';
import { toMessages } from './row';

type Ask = (request: Request) => Promise<Answer>;

/** Messages that are read at once; the event loop has a turn in between. */
const pageSize = 250;
const notePrefix = 'note ';

/**
 * All messages of a domain node that can be read, by their ids, in the order in which they came: those that the file has
 * when it is called, and none that is written later.
 */
export async function messagesInFile(
  ask: Ask,
  domainNodeId: string,
): Promise<{ readonly messages: Map<string, StoredMessage>; readonly unreadable: number }> {
  const messages = new Map<string, StoredMessage>();
  let unreadable = 0;
  const read = (after: number, upTo: number | undefined) =>
    ask({ do: 'page', page: { domainNodeId, after, upTo, limit: pageSize } });
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
  return { messages, unreadable };
}

/** A note as it is to be written; one that counts for no time is to be forgotten. */
export function noteChange(key: string, value: unknown, forMs: number, now: number): Change {
  const id = notePrefix + key;
  return forMs > 0 ? { do: 'note', id, value: serialize(value), until: now + forMs } : { do: 'forget', id };
}

/** The notes that count `now`: those of the file, with changes that are not in it yet; none that can't be read. */
export function notesAfter(
  rows: readonly NoteRow[],
  changes: Iterable<Change>,
  now: number,
): readonly Note[] {
  const all = new Map(rows.map((row) => [row.id, row]));
  for (const change of changes) {
    if (change.do === 'note') all.set(change.id, change);
    else if (change.do === 'forget') all.delete(change.id);
  }
  return [...all.values()].filter(({ until }) => until > now).flatMap((row) => toNotes(row, now));
}

function toNotes({ id, value, until }: NoteRow, now: number): readonly Note[] {
  try {
    return [{ key: id.slice(notePrefix.length), value: deserialize(value), leftMs: until - now }];
  } catch {
    return [];
  }
}
