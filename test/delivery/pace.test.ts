import assert from 'node:assert/strict';
import { createPace } from '../../src/delivery/channel/create-pace';
import { TokenBucket } from '../../src/delivery/channel/token-bucket';
import { between, type Client, simulate } from './simulated-clients';

/** The quotas that clients are tried with: requests per second, burst. */
const quotas = [
  [1, 5],
  [2, 10],
  [5, 10],
  [10, 20],
  [50, 100],
] as const;
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const roundTrips = [20, 80];

/** What part of the requests was refused. */
const refusedPart = (clients: readonly Client[], from: number, to: number): number => {
  const count = (kind: 'accepted' | 'refused') =>
    clients.reduce((sum, client) => sum + between(client[kind], from, to), 0);
  return count('refused') / (count('refused') + count('accepted'));
};
/** What part of all accepted requests the client had that had less. */
const smallerShare = (clients: readonly Client[], from: number, to: number): number => {
  const counts = clients.map(({ accepted }) => between(accepted, from, to));
  return Math.min(...counts) / counts.reduce((sum, count) => sum + count, 0);
};
const alone = (perSecond: number, burst: number, options: { roundTripMs: number; seed: number }) =>
  simulate({ startSeconds: [0], quota: () => ({ perSecond, burst }), seconds: 140, ...options })[0] as Client;

describe('a known rate', () => {
  for (const [perSecond, burst] of [...quotas, [0.5, 1], [100, 200]] as const) {
    it(`${perSecond}/s with a burst of ${burst} is used to 97 % at least, and never refused`, () => {
      const [client] = simulate({
        startSeconds: [0],
        pace: () => createPace(perSecond, { perSecond, burst }, () => 0.5),
        quota: () => ({ perSecond, burst }),
        seconds: 100,
      }) as [Client];
      assert.equal(client.refused.length, 0);
      assert.ok(client.accepted.length >= 0.97 * perSecond * 100, `${client.accepted.length}`);
    });
  }

  it('waits longer after each refusal in a row where the account allows less', () => {
    const pace = createPace(10, { perSecond: 10, burst: 10 }, () => 1);
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
  for (const [perSecond, burst] of quotas) {
    it(`uses 97 % of ${perSecond}/s with a burst of ${burst} at least, and at most 5 % is refused once it is found`, () => {
      for (const roundTripMs of roundTrips) {
        const clients = seeds.map((seed) => alone(perSecond, burst, { roundTripMs, seed }));
        for (const [index, { accepted }] of clients.entries()) {
          const used = between(accepted, 20, 140) / (perSecond * 120);
          assert.ok(used >= 0.97, `seed ${seeds[index]}, ${roundTripMs} ms: ${used}`);
        }
        const refused = refusedPart(clients, 20, 140);
        assert.ok(refused <= 0.05, `${roundTripMs} ms: ${refused}`);
      }
    });

    if (perSecond >= 2)
      it(`has at most 5 % refused of ${perSecond}/s with a burst of ${burst} while it looks for it, too`, () => {
        for (const roundTripMs of roundTrips) {
          for (const seed of seeds) {
            const refused = refusedPart([alone(perSecond, burst, { roundTripMs, seed })], 0, 140);
            assert.ok(refused <= 0.05, `seed ${seed}, ${roundTripMs} ms: ${refused}`);
          }
        }
      });
  }

  it('has 90 % of a quota that is raised from 10/s to 50/s within 10 s', () => {
    for (const roundTripMs of roundTrips) {
      for (const seed of seeds) {
        const raisedAt = 15 + seed / 2;
        const [client] = simulate({
          startSeconds: [0],
          quota: (second) =>
            second < raisedAt ? { perSecond: 10, burst: 20 } : { perSecond: 50, burst: 100 },
          seconds: raisedAt + 30,
          roundTripMs,
          seed,
        }) as [Client];
        const perSecond = (from: number, to: number) =>
          between(client.accepted, raisedAt + from, raisedAt + to) / (to - from);
        const reached = [0, 1, 2, 3, 4, 5, 6, 7, 8].some((second) => perSecond(second, second + 2) >= 45);
        assert.ok(reached, `seed ${seed}, ${roundTripMs} ms`);
        assert.ok(perSecond(10, 30) >= 45, `seed ${seed}, ${roundTripMs} ms: ${perSecond(10, 30)}`);
      }
    }
  });

  it('follows a quota that is lowered from 50/s to 5/s within 10 s', () => {
    for (const seed of seeds) {
      const [client] = simulate({
        startSeconds: [0],
        quota: (second) => (second < 20 ? { perSecond: 50, burst: 100 } : { perSecond: 5, burst: 10 }),
        seconds: 60,
        seed,
      }) as [Client];
      assert.ok(between(client.accepted, 30, 60) >= 0.95 * 150);
      assert.ok(refusedPart([client], 30, 60) <= 0.05, `${refusedPart([client], 30, 60)}`);
      assert.ok(between(client.refused, 20, 30) <= 30, `${between(client.refused, 20, 30)}`);
    }
  });

  for (const second of [0, 20]) {
    const when = second ? 'that comes later' : 'that starts together with it';
    for (const [perSecond, burst] of [
      [10, 20],
      [50, 100],
    ] as const)
      it(`leaves another client ${when} 35 % of ${perSecond}/s at least, 20 s later`, () => {
        for (const roundTripMs of roundTrips) {
          for (const seed of seeds) {
            const [from, to] = [second + 20, second + 140];
            const clients = simulate({
              startSeconds: [0, second],
              quota: () => ({ perSecond, burst }),
              seconds: to,
              roundTripMs,
              seed,
            });
            const share = smallerShare(clients, from, to);
            const used = clients.reduce((sum, { accepted }) => sum + between(accepted, from, to), 0);
            assert.ok(share >= 0.35, `seed ${seed}, ${roundTripMs} ms: ${share}`);
            assert.ok(used >= 0.9 * perSecond * 120, `seed ${seed}, ${roundTripMs} ms: ${used}`);
          }
        }
      });
  }

  it('does not grow while there is nothing to send', () => {
    const pace = createPace('auto', { perSecond: 2, burst: 10 }, () => 0.5);
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
    const pace = createPace('auto', { perSecond: 2, burst: 10 }, () => 0.5);
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
