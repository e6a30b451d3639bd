/** Stands in for the thread that has the file: the disk is full until the file named by `workerData` is there. */
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Request } from '../../../src/delivery/store/disk/disk-protocol';
import { SqliteFile } from '../../../src/delivery/store/disk/file/sqlite-file';

const path = workerData as string;
const file = new SqliteFile(path);

function answer(request: Request): Answer {
  switch (request.do) {
    case 'open':
      return { open: file.openAnswer() };
    case 'apply':
      if (!existsSync(`${path}.space`)) return { failure: { text: 'database or disk is full', held: false } };
      file.apply(request.changes, request.wallIsRight);
      return {};
    case 'tick':
      return {};
    case 'notes':
      return { notes: file.notes() };
    case 'page':
      return { page: file.page(request.page) };
    case 'count':
      return { counts: file.counts() };
    case 'close':
      file.close();
      return {};
    default:
      return {};
  }
}

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
