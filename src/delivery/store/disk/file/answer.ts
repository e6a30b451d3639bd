import type { Answer, Request } from '../disk-protocol';
import type { SqliteFile } from './sqlite-file';

/** The answer to a request about a file. Blocks; throws where the file can't be read or written. */
export function answerFrom(file: SqliteFile, request: Request): Answer {
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
      return {};
  }
}
