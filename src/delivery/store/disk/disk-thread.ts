/**
 * The thread that has the file: a disk that takes its time, such as a Raspberry Pi's card, never holds up
 * Node-RED. Requests are answered in the order in which they come.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Request } from './disk-protocol';
import type { FileClock } from './file/file-clock';
import { isDamaged, isHeld } from './file/sqlite';
import { SqliteFile } from './file/sqlite-file';

let file: SqliteFile | undefined;
let clock: FileClock | undefined;
/** Why it is not open. */
let failure: unknown;

/** Opens what is at the path; `clock` goes on. */
function open(): SqliteFile {
  file = undefined;
  try {
    file = new SqliteFile(workerData as string, clock);
  } catch (error) {
    failure = error;
    throw error;
  }
  clock = file.clock;
  return file;
}

/** Blocks; throws where the file can't be opened, read or written. */
function answer(request: Request): Answer {
  if (request.do === 'open') {
    if (file?.isThere) return {};
    file?.putBack();
    return { open: open().openAnswer() };
  }
  if (!file) throw failure;
  try {
    return answerFrom(file, request);
  } catch (error) {
    if (!isDamaged(error) || request.do === 'close') throw error;
    file.close();
    const reopened = open();
    return { ...answerFrom(reopened, request), open: reopened.openAnswer() };
  } finally {
    if (request.do === 'close') file = undefined;
  }
}

function answerFrom(from: SqliteFile, request: Exclude<Request, { readonly do: 'open' }>): Answer {
  switch (request.do) {
    case 'apply':
      from.apply(request.changes, request.wallIsRight);
      return {};
    case 'tick':
      from.tick(request.wallIsRight);
      return {};
    case 'notes':
      return { notes: from.notes() };
    case 'page':
      return { page: from.page(request.page) };
    case 'count':
      return { counts: from.counts() };
    case 'close':
      from.close();
      return {};
  }
}

parentPort?.on('message', (request: Request) => {
  let reply: Answer;
  try {
    reply = answer(request);
  } catch (error) {
    reply = {
      failure: { text: error instanceof Error ? error.message : String(error), held: isHeld(error) },
    };
  }
  parentPort?.postMessage(reply, reply.page ? [reply.page.bytes.buffer] : []);
  if (request.do === 'close') parentPort?.close();
});
