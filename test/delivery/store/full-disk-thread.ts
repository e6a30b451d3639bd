/** Stands in for the thread that has the file: the disk is full until the file named by `workerData` is there. */
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Request } from '../../../src/delivery/store/disk/disk-protocol';
import { answerFrom } from '../../../src/delivery/store/disk/file/answer';
import { SqliteFile } from '../../../src/delivery/store/disk/file/sqlite-file';

const path = workerData as string;
const file = new SqliteFile(path);

function answer(request: Request): Answer {
  const isFull = request.do === 'apply' && !existsSync(`${path}.space`);
  return isFull ? { failure: { text: 'database or disk is full', held: false } } : answerFrom(file, request);
}

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
