import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Restartable } from '../support/restartable';

/** A disk that takes its time, and of which only what was surely written is left after a power cut. */
export class SlowDisk {
  readonly #states = mkdtempSync(join(tmpdir(), 'connect-cases-disk-'));
  readonly #nodeRed: Restartable;

  constructor(nodeRed: Restartable) {
    this.#nodeRed = nodeRed;
    nodeRed.env = {
      NODE_OPTIONS: `--require ${resolve(__dirname, 'slow-disk.cjs')}`,
      SYNCED_STATES: this.#states,
    };
  }

  /** The folder with the files of waiting messages as they were written last. */
  get written(): string {
    const current = join(this.#states, 'current');
    return join(this.#states, existsSync(current) ? readFileSync(current, 'utf8') : 'none');
  }

  /** Puts back what had been written, after the process has ended. */
  cutBack(): void {
    const { userDir } = this.#nodeRed;
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(userDir, `connect-cases.sqlite${suffix}`), { force: true });
    if (existsSync(this.written)) cpSync(this.written, userDir, { recursive: true });
  }

  remove(): void {
    rmSync(this.#states, { recursive: true, force: true });
  }
}
