/**
 * The thread that has the file, on a disk that is full until the file named by `workerData` with `.space` is there: SQLite
 * can't make its file larger, as where the file system has no room.
 */
import { existsSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { loadSqlite } from '../../../src/delivery/store/disk/file/sqlite';
import '../../../src/delivery/store/disk/disk-thread';

const sqlite = loadSqlite();
const mostPages = 1_000_000;

if (sqlite) {
  sqlite.DatabaseSync = class extends sqlite.DatabaseSync {
    override exec(sql: string): void {
      // The file was made while there was space.
      const pages = existsSync(`${workerData}.space`) ? mostPages : 1;
      if (sql === 'BEGIN IMMEDIATE') super.exec(`PRAGMA max_page_count = ${pages}`);
      super.exec(sql);
    }
  };
}
