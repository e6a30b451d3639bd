import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Restartable } from '../support/restartable';

/** Which of the messages that were handed to Node-RED it has accepted: they are in its file, or have come out already. */
export class Intake {
  readonly accepted = new Set<string>();
  /** It ended before they were in the file, so they may be lost: what handed them over has not been told anything. */
  readonly unknown = new Set<string>();
  /** How long it took at most until a message was in the file, in milliseconds. */
  slowestMs = 0;
  /** When each was handed over. */
  readonly #pending = new Map<string, number>();
  readonly #nodeRed: Restartable;
  readonly #stateFolder: () => string;
  readonly #timer: NodeJS.Timeout;

  /** `stateFolder`: where the file is that would be there after the end of the process. */
  constructor(nodeRed: Restartable, stateFolder: () => string) {
    this.#nodeRed = nodeRed;
    this.#stateFolder = stateFolder;
    this.#timer = setInterval(() => this.#look(), 50);
  }

  handed(id: string): void {
    this.#pending.set(id, performance.now());
  }

  /** The process has ended: nothing more comes of what it had, or of this one that came too late for it. */
  ended(ids: Iterable<string> = [...this.#pending.keys()]): void {
    this.#look();
    for (const id of ids) if (this.#pending.delete(id)) this.unknown.add(id);
  }

  get pending(): number {
    return this.#pending.size;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (this.#pending.size === 0) return;
    const folder = this.#stateFolder();
    const files = ['connect-cases.sqlite', 'connect-cases.sqlite-wal'].map((name) => join(folder, name));
    const stored = files.filter(existsSync).map((file) => readFileSync(file));
    const results = new Set(this.#nodeRed.results().map(({ id }) => id));
    for (const [id, handedAt] of this.#pending) {
      if (!results.has(id) && !stored.some((bytes) => bytes.includes(id))) continue;
      this.#pending.delete(id);
      this.accepted.add(id);
      this.slowestMs = Math.max(this.slowestMs, performance.now() - handedAt);
    }
  }
}
