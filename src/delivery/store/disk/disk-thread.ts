/**
 * The thread that has the file: a disk that takes its time, such as a Raspberry Pi's card, never holds up
 * Node-RED. Requests are answered in the order in which they come.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Request } from './disk-protocol';
import { answerFrom } from './file/answer';
import { isHeld } from './file/sqlite';
import { SqliteFile } from './file/sqlite-file';

let file: SqliteFile | undefined;

function answer(request: Request): Answer {
  if (request.do === 'open') file = new SqliteFile(workerData as string);
  if (!file) throw new Error('The file is not open.');
  const reply = answerFrom(file, request);
  if (request.do === 'close') file = undefined;
  return reply;
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
