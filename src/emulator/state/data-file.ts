import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Change, Together } from './change';
import { apply } from './changes';
import { lock } from './lock';
import { changesOf } from './snapshot';
import { emptyState, type State } from './state';
import { requireChanges } from './stored-change';

/** States by account and Region, `123456789012/us-east-1`. */
type States = ReadonlyMap<string, State>;

/**
 * The state of a local service in a file: a line of JSON for each change, written before the change is answered. The
 * process may be killed at any moment; what was answered is there.
 */
export interface DataFile {
  /** What the file held. */
  readonly states: States;
  /**
   * Writes down a change of the state of `place`, which is `before` it, and all of that where it is not in the file
   * yet. Throws where it can't be written; then the file is as it was.
   */
  write(place: string, before: State, change: Change | Together): void;
  close(): void;
}

const header = JSON.stringify({ localCases: 2 });
const line = (place: string, change: Change | Together): string => `${JSON.stringify([place, change])}\n`;

/** Opens `path`, which may not exist yet, for this process alone. Throws where it can't be used, or holds something else. */
export function openDataFile(path: string): DataFile {
  const file = resolved(path);
  const unlock = lock(file);
  try {
    const states = existsSync(file) ? read(file) : new Map<string, State>();
    return keep(file, states, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The file itself, where `path` is a link to it. */
function resolved(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder} for the data file; create it first`);
  return join(realpathSync(folder), basename(path));
}

function read(file: string): Map<string, State> {
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n');
  if (first !== header) {
    throw new Error(
      `${file} does not hold the state of a local Cases service; move it away or name another file`,
    );
  }
  // What comes after the last line end was being written when the process was killed: nobody was told of it.
  lines.pop();
  const states = new Map<string, State>();
  lines.forEach((text, index) => {
    try {
      const [place, changes] = requireChanges(JSON.parse(text));
      const state = states.get(place) ?? emptyState();
      states.set(place, state);
      for (const change of changes) apply(state, change);
    } catch (error) {
      throw new Error(
        `${file} can't be used: line ${index + 2} is broken (${(error as Error).message}); move it away or mend it`,
      );
    }
  });
  return states;
}

function keep(file: string, states: States, unlock: () => void): DataFile {
  const written = new Map(states);
  let { descriptor, length } = rewrite(file, written);

  const append = (text: string): void => {
    const bytes = Buffer.from(text);
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(descriptor, bytes, done, bytes.length - done, length + done);
      }
      length += bytes.length;
    } catch (error) {
      ftruncateSync(descriptor, length);
      throw error;
    }
  };

  return {
    states,
    write(place, before, change) {
      if (fstatSync(descriptor).nlink === 0) {
        const again = rewrite(file, written);
        closeSync(descriptor);
        ({ descriptor, length } = again);
      }
      const missing = written.has(place) ? [] : [...changesOf(before)];
      append([...missing, change].map((entry) => line(place, entry)).join(''));
      written.set(place, before);
    },
    close() {
      closeSync(descriptor);
      unlock();
    },
  };
}

/** Writes all of `states` into a new file that takes the place of the old one, and opens it. */
function rewrite(file: string, states: States): { descriptor: number; length: number } {
  const draft = `${file}.tmp`;
  const descriptor = openSync(draft, 'w');
  try {
    let length = writeSync(descriptor, `${header}\n`);
    for (const [place, state] of states) {
      for (const change of changesOf(state)) length += writeSync(descriptor, line(place, change), length);
    }
    if (existsSync(file)) chmodSync(draft, statSync(file).mode);
    renameSync(draft, file);
    return { descriptor, length };
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
}
