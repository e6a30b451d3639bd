import { performance } from 'node:perf_hooks';

/** Time as delivery sees it, in milliseconds; tests put their own in. */
export interface Clock {
  /** Never goes back, whatever happens to the machine's date. */
  now(): number;
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
