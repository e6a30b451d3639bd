import { createPace } from '../../src/delivery/channel/create-pace';
import type { Pace } from '../../src/delivery/channel/pace';

export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Client {
  /** When the answers came, in seconds. */
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
}

/** Always the same numbers for the same seed, from 0 to 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Clients that always have something to send, and a service whose quota may change, on a clock that jumps from
 * event to event. A request is under way for half of `roundTripMs`, as its answer, each by a fifth longer or
 * shorter, and timers are late by up to 1.5 ms.
 */
export function simulate({
  startSeconds,
  quota,
  seconds,
  roundTripMs = 20,
  seed = 1,
  pace: paceOf = () => createPace('auto', { perSecond: 2, burst: 10 }, () => 0.5),
}: {
  /** One for each client. */
  readonly startSeconds: readonly number[];
  readonly quota: (second: number) => Quota;
  readonly seconds: number;
  readonly roundTripMs?: number;
  readonly seed?: number;
  readonly pace?: () => Pace;
}): Client[] {
  const random = randomOf(seed);
  const events: { readonly at: number; run(): void }[] = [];
  let now = 0;
  const after = (ms: number, run: () => void) => {
    const at = now + ms;
    const next = events.findIndex((event) => event.at > at);
    events.splice(next < 0 ? events.length : next, 0, { at, run });
  };
  const travel = (run: () => void) => after((roundTripMs / 2) * (0.8 + 0.4 * random()), run);

  let tokens = quota(0).burst;
  let filledAt = 0;
  const serve = () => {
    const { perSecond, burst } = quota(now / 1000);
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    const served = tokens >= 1;
    if (served) tokens -= 1;
    return served;
  };

  const clients = startSeconds.map((start) => {
    const pace = paceOf();
    const accepted: number[] = [];
    const refused: number[] = [];
    let timer = false;
    const send = () => {
      const ticket = pace.take(now);
      travel(() => {
        const served = serve();
        travel(() => {
          (served ? accepted : refused).push(now / 1000);
          if (served) pace.accepted(ticket, now);
          else pace.refused(ticket, now);
          pump();
        });
      });
    };
    const pump = () => {
      if (timer) return;
      let wait = pace.wait(now);
      for (; wait <= 0; wait = pace.wait(now)) send();
      timer = true;
      after(Math.ceil(wait) + 1.5 * random(), () => {
        timer = false;
        pump();
      });
    };
    after(start * 1000, pump);
    return { accepted, refused };
  });

  for (let event = events.shift(); event && event.at <= seconds * 1000; event = events.shift()) {
    now = event.at;
    event.run();
  }
  return clients;
}

/** How many answers came after one second, up to another. */
export const between = (answers: readonly number[], from: number, to: number): number =>
  answers.filter((at) => at > from && at <= to).length;
