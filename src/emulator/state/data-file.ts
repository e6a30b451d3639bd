import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { Case, State } from './state';

const version = 1;
const debounceMs = 200;

interface Stored {
  version: number;
  lastSequence: number;
  cases: Case[];
  clientTokens: [string, { caseId: string; request: string }][];
}

/** The state kept in `file`, or undefined where there is no such file. Throws for a file of something else. */
export function loadState(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  const stored = parse(readFileSync(file, 'utf8'));
  if (stored?.version !== version || !Array.isArray(stored.cases) || !Array.isArray(stored.clientTokens)) {
    throw new Error(
      `${file} does not hold the state of a local Cases service; move it away or name another file`,
    );
  }
  return {
    lastSequence: stored.lastSequence,
    cases: new Map(stored.cases.map((entry) => [entry.id, entry])),
    clientTokens: new Map(stored.clientTokens),
  };
}

function parse(text: string): Stored | undefined {
  try {
    return JSON.parse(text) as Stored;
  } catch {
    return undefined;
  }
}

/** Writes `state` to `file`, whole or not at all: soon after each `changed()`, and a last time on `close()`. */
export function keepState(file: string, state: State) {
  let timer: NodeJS.Timeout | undefined;
  let written = Promise.resolve();

  const write = async (): Promise<void> => {
    const stored: Stored = {
      version,
      lastSequence: state.lastSequence,
      cases: [...state.cases.values()],
      clientTokens: [...state.clientTokens],
    };
    const draft = `${file}.${process.pid}.tmp`;
    await writeFile(draft, JSON.stringify(stored));
    await rename(draft, file);
  };
  const writeNext = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    written = written.then(write);
    return written;
  };

  return {
    changed(): void {
      timer ??= setTimeout(() => {
        writeNext().catch((error: unknown) => console.error(`Could not write ${file}:`, error));
      }, debounceMs);
    },
    close: (): Promise<void> => writeNext(),
  };
}
