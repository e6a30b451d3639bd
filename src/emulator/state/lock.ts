import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const ours = new Set<string>();

/**
 * Takes `file` for this process alone, by a file beside it; returns what gives it back. Throws where another process
 * has it. A lock of a process that is no more does not count.
 */
export function lock(file: string): () => void {
  const lockFile = `${file}.lock`;
  if (!tryLock(lockFile)) {
    const holder = holderOf(lockFile);
    if (ours.has(lockFile) || (holder !== process.pid && isAlive(holder))) {
      throw new Error(`${file} is in use by process ${holder}; stop that, or name another file`);
    }
    rmSync(lockFile, { force: true });
    if (!tryLock(lockFile)) throw new Error(`${file} was just taken by another process; name another file`);
  }
  ours.add(lockFile);
  return () => {
    ours.delete(lockFile);
    rmSync(lockFile, { force: true });
  };
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
