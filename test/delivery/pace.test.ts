import assert from 'node:assert/strict';
import { createPace, type Pace } from '../../src/delivery/pace';
import { TokenBucket } from '../../src/delivery/token-bucket';

interface Client {
  readonly pace: Pace;
  readonly startMs: number;
  accepted: number[];
  refused: number;
}

const quotaOf = (perSecond: number, burst: number) => ({ perSecond, burst });

/**
 * Clients that always have something to send, and a service with a quota that may change. One step is
 * 5 ms; an answer takes `latencyMs`.
 */
function simulate(options: {
  readonly clients: readonly { readonly pace: Pace; readonly startMs?: number }[];
  readonly quota: (now: number) => { perSecond: number; burst: number };
  readonly seconds: number;
  readonly latencyMs?: number;
}): Client[] {
  const { quota, seconds, latencyMs = 20 } = options;
  const clients = options.clients.map(({ pace, startMs = 0 }) => ({
    pace,
    startMs,
    accepted: [] as number[],
    refused: 0,
  }));
  const answers: { at: number; run: () => void }[] = [];
  let { burst: tokens } = quota(0);
  for (let now = 0; now < seconds * 1000; now += 5) {
    const { perSecond, burst } = quota(now);
    tokens = Math.min(burst, tokens + perSecond * 0.005);
    for (let answer = answers[0]; answer && answer.at <= now; answer = answers[0]) {
      answers.shift();
      answer.run();
    }
    // Who comes first changes from step to step.
    const order = (now / 5) % 2 ? clients : clients.toReversed();
    for (const client of order) {
      while (now >= client.startMs && client.pace.wait(now) === 0) {
        const ticket = client.pace.take(now);
        const accepted = tokens >= 1;
        if (accepted) tokens -= 1;
        answers.push({
          at: now + latencyMs,
          run: () => {
            if (accepted) {
              client.accepted.push(ticket.at);
              client.pace.accepted(ticket, ticket.at + latencyMs);
            } else {
              client.refused += 1;
              client.pace.refused(ticket, ticket.at + latencyMs);
            }
          },
        });
      }
    }
  }
  return clients;
}

const auto = () => createPace('auto', 10, () => 0.5);
const between = ({ accepted }: Client, from: number, to: number): number =>
  accepted.filter((at) => at >= from * 1000 && at < to * 1000).length;

describe('a known rate', () => {
  for (const [rate, burst] of [
    [10, 20],
    [2, 10],
    [0.5, 1],
    [100, 200],
  ] as const) {
    it(`${rate}/s with a burst of ${burst} is used to 97 % at least, and never refused`, () => {
      const [client] = simulate({
        clients: [{ pace: createPace(rate, burst, () => 0.5) }],
        quota: () => quotaOf(rate, burst),
        seconds: 100,
      }) as [Client];
      assert.equal(client.refused, 0);
      assert.ok(client.accepted.length >= 0.97 * rate * 100, `${client.accepted.length}`);
    });
  }

  it('waits longer after each refusal in a row where the account allows less', () => {
    const pace = createPace(10, 10, () => 1);
    const waits = [0, 1, 2].map((round) => {
      const now = round * 100_000;
      const ticket = pace.take(now);
      pace.refused(ticket, now);
      return pace.wait(now);
    });
    assert.ok((waits[0] ?? 0) < (waits[1] ?? 0) && (waits[1] ?? 0) < (waits[2] ?? 0), `${waits}`);
  });
});

describe('a rate that is found', () => {
  for (const [rate, burst] of [
    [10, 20],
    [2, 10],
    [50, 100],
    [5, 10],
  ] as const) {
    it(`uses 90 % of ${rate}/s at least, and at most 8 % of its requests are refused`, () => {
      const [client] = simulate({
        clients: [{ pace: auto() }],
        quota: () => quotaOf(rate, burst),
        seconds: 120,
      }) as [Client];
      const { accepted, refused } = client;
      assert.ok(between(client, 20, 120) >= 0.9 * rate * 100, `${between(client, 20, 120)}`);
      assert.ok(
        refused <= 0.08 * (accepted.length + refused) + 5,
        `${refused} of ${accepted.length + refused}`,
      );
    });
  }

  it('follows a quota that is raised from 10/s to 50/s within 10 s', () => {
    for (const raisedAt of [15, 17, 19, 21, 23]) {
      const [client] = simulate({
        clients: [{ pace: auto() }],
        quota: (now) => (now < raisedAt * 1000 ? quotaOf(10, 20) : quotaOf(50, 100)),
        seconds: raisedAt + 30,
      }) as [Client];
      const windows = Array.from({ length: 9 }, (_, second) =>
        between(client, raisedAt + second, raisedAt + second + 2),
      );
      assert.ok(Math.max(...windows) >= 90, `raised at ${raisedAt}: ${windows}`);
      assert.ok(between(client, raisedAt + 10, raisedAt + 30) >= 0.9 * 1000, `raised at ${raisedAt}`);
    }
  });

  it('follows a quota that is lowered', () => {
    const [client] = simulate({
      clients: [{ pace: auto() }],
      quota: (now) => (now < 20_000 ? quotaOf(50, 100) : quotaOf(5, 10)),
      seconds: 60,
    }) as [Client];
    assert.ok(between(client, 30, 60) >= 0.9 * 150);
    assert.ok(client.refused < 60, `${client.refused}`);
  });

  it('leaves another client its share, also to one that comes later', () => {
    for (const startMs of [0, 20_000]) {
      const [first, second] = simulate({
        clients: [{ pace: auto() }, { pace: auto(), startMs }],
        quota: () => quotaOf(10, 20),
        seconds: 200,
      }) as [Client, Client];
      const [a, b] = [between(first, 60, 200), between(second, 60, 200)];
      assert.ok(a + b >= 0.9 * 1400, `${a} + ${b}`);
      assert.ok(Math.min(a, b) >= 0.35 * (a + b), `${a} and ${b}`);
    }
  });

  it('does not grow while there is nothing to send', () => {
    const pace = auto();
    for (let now = 0; now < 600_000; now += 10_000) {
      const ticket = pace.take(now);
      pace.accepted(ticket, now);
      pace.wait(now + 10);
    }
    assert.ok(pace.available(600_000) <= 10);
    for (let count = 0; count < 10; count += 1) pace.take(600_000);
    assert.ok(pace.wait(600_000) > 300);
  });

  it('takes no measure from a time in which it had little to send', () => {
    const pace = auto();
    for (let now = 0; now < 600_000; now += 10_000) {
      const ticket = pace.take(now);
      if (now % 100_000 === 0) pace.refused(ticket, now);
      else pace.accepted(ticket, now);
    }
    pace.take(600_000);
    const waits = Array.from({ length: 20 }, () => {
      pace.take(600_000);
      return pace.wait(600_000);
    });
    assert.ok(Math.max(...waits) < 20 * 20_000, `${Math.max(...waits)}`);
  });
});

describe('a token bucket', () => {
  it('begins to fill when the first request after a pause has arrived', () => {
    const bucket = new TokenBucket(10, 5);
    for (let count = 0; count < 5; count += 1) bucket.take(1000);
    assert.ok(bucket.wait(1400) > 0);
    bucket.arrived(1400);
    assert.equal(bucket.wait(1450), 50);
    assert.equal(bucket.wait(1500), 0);
  });
});
