import type { ServiceErrorCode } from '../model/errors';
import { type OperationName, operationNames } from '../operations';

/** What goes wrong on demand: an error, or what happens to the answer. */
const errorByKind = {
  '402': 'ServiceQuotaExceededException',
  '403': 'AccessDeniedException',
  '409': 'ConflictException',
  '429': 'ThrottlingException',
  '500': 'InternalServerException',
  '500-after': 'InternalServerException',
  '503': 'ServiceUnavailableException',
} as const satisfies Record<string, ServiceErrorCode>;
const connectionKinds = ['reset', 'lost', 'timeout', 'slow'] as const;

type ErrorKind = keyof typeof errorByKind;
type FaultKind = ErrorKind | (typeof connectionKinds)[number];

/** The error that a fault answers with; undefined for those that are about the connection. */
export const errorOf = (kind: FaultKind): ServiceErrorCode | undefined =>
  (errorByKind as Partial<Record<FaultKind, ServiceErrorCode>>)[kind];

/** Whether nothing is done for the request. */
export const happensBefore = (kind: FaultKind): boolean =>
  kind === 'reset' || (errorOf(kind) !== undefined && kind !== '500-after');

export interface Fault {
  /** As it was asked for. */
  readonly text: string;
  readonly kind: FaultKind;
  /** Undefined: each of them. */
  readonly operation: OperationName | undefined;
  /** Share of the requests, 0–1. */
  readonly probability: number;
  /** Ends after so many requests were hit. */
  readonly times: number;
  /** Of an error: sent as Retry-After; of `slow`: how long the answer takes. */
  readonly seconds?: number;
}

const grammar =
  /^(?:(\w+|\*)=)?(reset|500-after|402|403|409|429|500|503|lost|timeout|slow)(?::(\d+(?:\.\d+)?|\.\d+))?(?:\*(\d+))?(?:@(\d+(?:\.\d+)?))?$/;

/** What `parseFaults` and the command line take, by example. */
export const faultExamples: readonly (readonly [fault: string, meaning: string])[] = [
  ['lost:0.1', 'a tenth is carried out, but not answered'],
  ['500:0.05', 'answered 500, nothing carried out; likewise 402, 403, 409, 429 and 503'],
  ['500:0.05@3', 'with Retry-After: 3'],
  ['500-after:0.1', 'answered 500 although it was carried out'],
  ['reset:0.1', 'connection reset, nothing carried out'],
  ['timeout:0.1', 'carried out, never answered'],
  ['slow:0.1@2.5', 'carried out, answered after 2.5 seconds'],
  ['lag:2', 'searches see what was written only after 2 seconds'],
  ['lost*1', 'the first request only'],
  ['CreateCase=lost:0.3', 'another operation than CreateRelatedItem'],
  ['*=503', 'every operation'],
];

/**
 * The faults that `texts` describe: `[OPERATION=]KIND[:SHARE][*TIMES][@SECONDS]`, always and for CreateRelatedItem
 * unless said otherwise, and `lag:SECONDS`. Throws for anything else, and for shares of one operation above 1 in sum.
 */
export function parseFaults(texts: readonly string[]): { faults: Fault[]; lagSeconds: number } {
  const faults: Fault[] = [];
  let lagSeconds = 0;
  for (const text of texts) {
    const [, lag] = /^lag:(\d+(?:\.\d+)?)$/.exec(text) ?? [];
    if (lag !== undefined) lagSeconds = Number(lag);
    else faults.push(parseFault(text));
  }
  for (const name of operationNames) requireShares(name, faults);
  return { faults, lagSeconds };
}

function parseFault(text: string): Fault {
  const parts = grammar.exec(text);
  const [, operation = 'CreateRelatedItem', kind, probability = '1', times, seconds] = parts ?? [];
  const known = operationNames.find((name) => name === operation);
  const misses = kind === 'slow' && seconds === undefined;
  if (!parts || !(known || operation === '*') || !(Number(probability) <= 1) || misses) {
    throw new Error(
      `'${text}' is not a fault; it has to be like ${faultExamples.map(([example]) => example).join(', ')}`,
    );
  }
  return {
    text,
    kind: kind as FaultKind,
    operation: known,
    probability: Number(probability),
    times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
    ...(seconds !== undefined && { seconds: Number(seconds) }),
  };
}

/** Those that end after some requests leave the rest to the others. */
function requireShares(name: OperationName, faults: readonly Fault[]): void {
  const lasting = faults.filter(
    ({ operation, times }) => (operation ?? name) === name && times === Number.POSITIVE_INFINITY,
  );
  const sum = lasting.reduce((total, { probability }) => total + probability, 0);
  if (sum > 1 + 1e-9) {
    throw new Error(`The faults of ${name} have shares of ${sum} in sum, but there is only 1 to share`);
  }
}

/**
 * Decides for each request which fault hits it, if any; the same `seed` decides the same way. `onSpent` is told of a
 * fault that ends after so many requests, when it has.
 */
export function createFaults(
  faults: readonly Fault[],
  seed: number,
  onSpent: (fault: Fault) => void = () => {},
) {
  const random = seededRandom(seed);
  const hits = new Map<Fault, number>();
  return (operation: OperationName): Fault | undefined => {
    const candidates = faults.filter(
      (fault) => (fault.operation ?? operation) === operation && (hits.get(fault) ?? 0) < fault.times,
    );
    if (candidates.length === 0) return undefined;
    let drawn = random();
    for (const fault of candidates) {
      if (drawn < fault.probability) {
        const count = (hits.get(fault) ?? 0) + 1;
        hits.set(fault, count);
        if (count === fault.times) onSpent(fault);
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
