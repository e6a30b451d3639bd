/**
 * Loaded before Node-RED (NODE_OPTIONS=--require): the file of waiting messages is on a slow card, and each state in
 * which SQLite has written it for certain is kept in SYNCED_STATES, in two places by turns; `current` names the last.
 */
const { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const threads = require('node:worker_threads');

const slowestMs = 40;
const folder = process.env.SYNCED_STATES;

if (threads.isMainThread) {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options) {
      super(
        file,
        String(file).includes('store-thread') ? { ...options, execArgv: ['--require', __filename] } : options,
      );
    }
  };
} else {
  const path = threads.workerData;
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const { exec } = DatabaseSync.prototype;
  let states = 0;
  DatabaseSync.prototype.exec = function (sql) {
    if (sql === 'COMMIT')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * slowestMs);
    const result = exec.call(this, sql);
    if (sql === 'COMMIT') keep();
    return result;
  };
  const keep = () => {
    states += 1;
    const name = `state-${states % 2}`;
    const to = join(folder, name);
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, join(to, `connect-cases.sqlite${suffix}`));
    writeFileSync(join(folder, 'next'), name);
    renameSync(join(folder, 'next'), join(folder, 'current'));
  };
}
