import { type OperationName, operationNames } from '../operations';

/** What goes wrong on demand, and when: `before` the work is done, or `after` it. */
const momentByKind = {
  reset: 'before',
  '500': 'before',
  '503': 'before',
  lost: 'after',
  timeout: 'after',
  '500-after': 'after',
} as const;

export type FaultKind = keyof typeof momentByKind;
export const happensBefore = (kind: FaultKind): boolean => momentByKind[kind] === 'before';

export interface Fault {
  readonly kind: FaultKind;
  readonly operation: OperationName;
  /** Share of the requests, 0–1. */
  readonly probability: number;
  /** Ends after so many requests were hit. */
  readonly times: number;
  /** Sent with a 500 or 503. */
  readonly retryAfterSeconds?: number;
}

const grammar = /^(?:(\w+)=)?(reset|500-after|500|503|lost|timeout)(?::([\d.]+))?(?:\*(\d+))?(?:@(\d+))?$/;

/**
 * The faults that `texts` describe: `[OPERATION=]KIND[:PROBABILITY][*TIMES][@RETRY_AFTER_SECONDS]`, always and
 * for CreateRelatedItem unless said otherwise, and `lag:SECONDS`. Throws for anything else.
 */
export function parseFaults(texts: readonly string[]): { faults: Fault[]; lagSeconds: number } {
  const faults: Fault[] = [];
  let lagSeconds = 0;
  for (const text of texts) {
    const [, lag] = /^lag:(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    if (lag !== undefined) lagSeconds = Number(lag);
    else faults.push(parseFault(text));
  }
  return { faults, lagSeconds };
}

function parseFault(text: string): Fault {
  const parts = grammar.exec(text);
  const [, operation = 'CreateRelatedItem', kind, probability = '1', times, retryAfter] = parts ?? [];
  const known = operationNames.find((name) => name === operation);
  if (!parts || !known || !(Number(probability) <= 1)) {
    throw new Error(
      `'${text}' is not a fault; it has to be like lost:0.1, 500:0.05, 500-after:0.1, 503:0.1, reset, timeout, ` +
        'lag:2, SearchRelatedItems=500:0.5, lost*1 (the first one only), 500@3 (with Retry-After)',
    );
  }
  return {
    kind: kind as FaultKind,
    operation: known,
    probability: Number(probability),
    times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
    ...(retryAfter !== undefined && { retryAfterSeconds: Number(retryAfter) }),
  };
}

/** Decides for each request which fault hits it, if any; the same `seed` decides the same way. */
export function createFaults(faults: readonly Fault[], seed: number) {
  const random = seededRandom(seed);
  const hits = new Map<Fault, number>();
  return (operation: OperationName): Fault | undefined => {
    const candidates = faults.filter(
      (fault) => fault.operation === operation && (hits.get(fault) ?? 0) < fault.times,
    );
    if (candidates.length === 0) return undefined;
    let drawn = random();
    for (const fault of candidates) {
      if (drawn < fault.probability) {
        hits.set(fault, (hits.get(fault) ?? 0) + 1);
        return fault;
      }
      drawn -= fault.probability;
    }
    return undefined;
  };
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
