import {
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';

const ours = new Set<string>();
/** Who has a lock touches it so often, in milliseconds: that is seen from where its process is not, as in another container. */
const beatMs = 1000;
/** A holder elsewhere that does not touch it for so long is no more. */
const silentMs = 2500;

/**
 * Takes `file` for this process alone, by a file beside it; returns what gives it back. Throws where another process
 * has it. A lock of a process that is no more does not count; of several that see that at once, one has it at most.
 */
export function lock(file: string): () => void {
  const lockFile = `${file}.lock`;
  requireLeft(file, lockFile);
  const claim = `${lockFile}.${process.pid}`;
  writeFileSync(claim, '');
  try {
    if (!tryLock(lockFile)) takeOver(file, lockFile);
  } finally {
    rmSync(claim, { force: true });
  }
  ours.add(lockFile);
  const beats = setInterval(() => touch(lockFile), beatMs).unref();
  return () => {
    clearInterval(beats);
    ours.delete(lockFile);
    rmSync(lockFile, { force: true });
  };
}

/** Each process that gets here has a claim beside the lock: who sees none of another knows that nobody else is here. */
function takeOver(file: string, lockFile: string): void {
  const taken = new Error(`${file} was just taken by another process; name another file`);
  if (rivals(lockFile)) throw taken;
  requireLeft(file, lockFile);
  rmSync(lockFile, { force: true });
  if (!tryLock(lockFile)) throw taken;
}

/** Throws where somebody has the lock who is still there. */
function requireLeft(file: string, lockFile: string): void {
  const { pid, place } = holderOf(lockFile);
  const isThere = place === here ? pid !== process.pid && isAlive(pid) : isTouched(lockFile);
  if (ours.has(lockFile) || isThere) {
    const where = place === here ? '' : ' of another container or machine';
    throw new Error(`${file} is in use by process ${pid}${where}; stop that, or name another file`);
  }
}

/** Where process ids mean the same: a container has its own, and all begin with 1. */
const here = processSpace();
function processSpace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname(); // Only Linux has it.
  }
}

function touch(lockFile: string): void {
  try {
    utimesSync(lockFile, new Date(), new Date());
  } catch {} // Somebody has taken it away.
}

/** Blocks until it is known. */
function isTouched(lockFile: string): boolean {
  const touchedAt = () => statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs;
  const before = touchedAt();
  if (before !== undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, silentMs);
  return touchedAt() !== before;
}

function rivals(lockFile: string): boolean {
  const start = `${basename(lockFile)}.`;
  const claims = readdirSync(dirname(lockFile)).filter((name) => name.startsWith(start));
  const pids = claims.map((name) => Number(name.slice(start.length)));
  return pids.some((pid) => pid !== process.pid && isAlive(pid));
}

function tryLock(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, `${process.pid} ${here}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** One that does not say where it is, as an older version wrote it, is here. */
function holderOf(lockFile: string): { readonly pid: number; readonly place: string } {
  try {
    const [pid, ...place] = readFileSync(lockFile, 'utf8').split(' ');
    return { pid: Number(pid), place: place.join(' ') || here };
  } catch {
    return { pid: Number.NaN, place: here };
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
