/**
 * Loaded before Node-RED (NODE_OPTIONS=--require): its machine was started another time (BOOT), and its date is
 * DATE_OFF_BY milliseconds off until the file DATE_IS_SET is there.
 */
const { existsSync } = require('node:fs');
const fs = require('node:fs');
const os = require('node:os');
const threads = require('node:worker_threads');

const { BOOT, DATE_OFF_BY, DATE_IS_SET } = process.env;
let offBy = Number(DATE_OFF_BY);
setInterval(() => {
  if (existsSync(DATE_IS_SET)) offBy = 0;
}, 20).unref();

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + offBy] : given));
  }
  static now() {
    return RealDate.now() + offBy;
  }
};

const started = performance.now();
os.uptime = () => 20 + (performance.now() - started) / 1000;
const { readFileSync } = fs;
fs.readFileSync = (path, ...options) =>
  path === '/proc/sys/kernel/random/boot_id' ? `${BOOT}\n` : readFileSync(path, ...options);

if (threads.isMainThread) {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options) {
      const isStore = String(file).includes('store-thread');
      super(file, isStore ? { ...options, execArgv: ['--require', __filename] } : options);
    }
  };
}
