/**
 * The thread that has the file: a disk that takes its time, such as a Raspberry Pi's card, never holds up
 * Node-RED. Requests are answered in the order in which they come.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Request } from './disk-protocol';
import { isHeld } from './file/sqlite';
import { SqliteFile } from './file/sqlite-file';

let file: SqliteFile | undefined;

/** Blocks; throws where the file can't be opened, read or written. */
function answer(request: Request): Answer {
  if (request.do === 'open') file = new SqliteFile(workerData as string);
  if (!file) throw new Error('The file is not open.');
  switch (request.do) {
    case 'open':
      return { open: file.openAnswer() };
    case 'apply':
      file.apply(request.changes, request.wallIsRight);
      return {};
    case 'tick':
      file.tick(request.wallIsRight);
      return {};
    case 'notes':
      return { notes: file.notes() };
    case 'page':
      return { page: file.page(request.page) };
    case 'count':
      return { counts: file.counts() };
    case 'close':
      file.close();
      file = undefined;
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
