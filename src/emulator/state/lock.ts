import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const ours = new Set<string>();

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
  return () => {
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
  const holder = holderOf(lockFile);
  if (ours.has(lockFile) || (holder !== process.pid && isAlive(holder)))
    throw new Error(`${file} is in use by process ${holder}; stop that, or name another file`);
}

function rivals(lockFile: string): boolean {
  const start = `${basename(lockFile)}.`;
  const claims = readdirSync(dirname(lockFile)).filter((name) => name.startsWith(start));
  const pids = claims.map((name) => Number(name.slice(start.length)));
  return pids.some((pid) => pid !== process.pid && isAlive(pid));
}

function tryLock(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(lockFile: string): number {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return Number.NaN;
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
