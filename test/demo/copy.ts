import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Copies what the demo is built of into a folder of its own, as a clone would have it after `npm ci`. */
export async function copyOfSources(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'connect-cases-demo-'));
  const left = ['node_modules', 'dist', 'test', 'docs'];
  const sources = (await readdir(root)).filter((name) => !left.includes(name) && !name.startsWith('.'));
  for (const name of sources) await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

export const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** A program of a copy that runs until it is told to stop. */
export class Program {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  /** All that it has said. */
  stdout = '';
  stderr = '';
  #output = '';
  #read = 0;
  readonly #heard = new EventEmitter();

  constructor(folder: string, path: string, ...args: string[]) {
    this.child = spawn(process.execPath, ['--require', 'tsx/cjs', path, ...args], { cwd: folder });
    this.exit = once(this.child, 'exit');
    for (const stream of ['stdout', 'stderr'] as const) {
      this.child[stream]?.on('data', (data) => {
        this[stream] += data;
        this.#output += data;
        this.#heard.emit('more');
      });
    }
  }

  /** Waits until it says something that it had not said before the last call; gives what matched. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#output.slice(this.#read));
      if (found) {
        this.#read += found.index + found[0].length;
        return found[1] ?? found[0];
      }
      if (this.child.exitCode !== null) throw new Error(`It has ended:\n${this.#output}`);
      await Promise.race([once(this.#heard, 'more'), this.exit]);
    }
  }

  /** Stops it as Ctrl+C does; gives its exit code. */
  async stop(): Promise<unknown> {
    this.child.kill('SIGINT');
    return (await this.exit)[0];
  }

  /** Ends it where a test left it running. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await this.exit;
  }
}
