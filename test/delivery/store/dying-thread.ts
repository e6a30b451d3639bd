/**
 * The thread that has the file, as it ends where SQLite or its memory fails: once, with the statement that the file named
 * by `workerData` with `.ends` names, before it is carried out or, where that says so, after it.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { loadSqlite } from '../../../src/delivery/store/disk/file/sqlite';
import '../../../src/delivery/store/disk/disk-thread';

const sqlite = loadSqlite();
const plan = `${workerData}.ends`;

function endIf(moment: string): void {
  if (!existsSync(plan) || readFileSync(plan, 'utf8') !== moment) return;
  rmSync(plan);
  process.exit();
}

if (sqlite) {
  sqlite.DatabaseSync = class extends sqlite.DatabaseSync {
    override exec(sql: string): void {
      endIf(`before ${sql}`);
      super.exec(sql);
      endIf(`after ${sql}`);
    }
    override prepare(sql: string) {
      endIf(`before ${sql}`);
      return super.prepare(sql);
    }
  };
}
