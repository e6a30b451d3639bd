import { performance } from 'node:perf_hooks';

/** How long an answer is taken for current, in milliseconds. */
const freshMs = 45_000;
/** Requests of one account to one API: this many at once, then one per interval. Half of what the smallest quota allows. */
const burst = 3;
const intervalMs = 1_000;
/** Answers kept at most. */
const maxEntries = 200;

interface Entry {
  readonly answer: Promise<unknown>;
  readonly until: number;
}

/** Remembers answers for a short while and paces the requests behind them; a change of the machine's date is nothing to it. */
export class PacedCache {
  readonly #entries = new Map<string, Entry>();
  /** When an allowance is full again. */
  readonly #fullAt = new Map<string, number>();

  /** The answer for `key`, from `load` where none is fresh. A failure is not remembered. */
  get<Answer>(key: string, load: () => Promise<Answer>): Promise<Answer> {
    const known = this.#entries.get(key);
    if (known && known.until > performance.now()) return known.answer as Promise<Answer>;
    const answer = load();
    this.#entries.set(key, { answer, until: performance.now() + freshMs });
    answer.catch(() => this.#entries.delete(key));
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) break;
      this.#entries.delete(oldest);
    }
    return answer;
  }

  /** Resolves when one more request may go; `allowance` names the account and the API. */
  async turn(allowance: string): Promise<void> {
    const now = performance.now();
    for (const [known, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(known);
    const fullAt = Math.max(now, this.#fullAt.get(allowance) ?? 0) + intervalMs;
    this.#fullAt.set(allowance, fullAt);
    const wait = fullAt - now - burst * intervalMs;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
