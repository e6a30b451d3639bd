import assert from 'node:assert/strict';
import { createClock } from '@sinonjs/fake-timers';
import fc from 'fast-check';
import { createDelivery, type Delivery, type End } from '../../src/delivery';
import type { StoredMessage } from '../../src/delivery/store/message-store';
import { Claims } from '../../src/delivery/verify/claims';
import { asService, type RelatedItemRequest, rulesOf } from '../support/item-delivery';
import { answer, comment, FakeCases, type Fate, throttled } from './fake-cases';
import { Paper, PaperStore } from './paper-store';

/** One process after another on the same paper, with a service that knows nothing of that. */
class Processes {
  readonly time = createClock(0, 1_000_000);
  readonly cases = new FakeCases(this.time);
  readonly paper = new Paper();
  /** The ends of each message, by its body and the number of the process that handed it on. */
  readonly ends = new Map<string, { readonly end: End; readonly process: number }[]>();
  /** Messages that were killed before they were written down. */
  readonly neverKept = new Set<string>();
  #process = 0;
  #store: PaperStore | undefined;
  #claims = new Claims();
  #delivery: Delivery | undefined;
  readonly #accepted = new Map<string, string>();
  readonly #settings: { readonly commitMs: number; readonly random: () => number };

  constructor(settings: { readonly commitMs: number; readonly random: () => number }) {
    this.#settings = settings;
    this.start();
  }

  start(): void {
    this.#process += 1;
    this.#store = new PaperStore(this.paper, this.time, this.#settings.commitMs);
    this.#claims = new Claims();
    this.#open();
  }

  /** Hands a message over; `name` tells it apart from all others. */
  accept(name: string, input: RelatedItemRequest, merge: boolean, keep: boolean): void {
    const rules = rulesOf(input, keep ? 'keep' : 'add');
    const id = this.#delivery?.accept({ nodeId: 'node', msg: { name }, rules, input, merge });
    this.#accepted.set(id ?? '', name);
  }

  kill(): void {
    this.#process += 1;
    this.#store?.kill();
    for (const [id, name] of this.#accepted) {
      if (!this.paper.messages.has(id) && !this.ends.has(name)) this.neverKept.add(name);
    }
    this.start();
  }

  async deploy(graceSeconds: number): Promise<void> {
    const closed = this.#delivery?.close(graceSeconds);
    let isClosed = false;
    void closed?.then(() => {
      isClosed = true;
    });
    while (!isClosed) await this.time.tickAsync(50);
    this.#open();
  }

  #open(): void {
    const process = this.#process;
    const isAlive = () => process === this.#process;
    const service = asService(this.cases);
    const { random } = this.#settings;
    this.#delivery = createDelivery(
      {
        serverTime: service.serverTime,
        call: (...request) =>
          new Promise((resolve, reject) => {
            if (!isAlive()) return;
            service.call(...request).then(
              (value) => isAlive() && resolve(value),
              (error) => isAlive() && reject(error),
            );
          }),
      },
      {
        ...{ rate: 50, burst: 5, maxWaiting: 10_000, deadlineSeconds: 0 },
        ...{ timeoutSeconds: 10, ambiguous: 'verify' as const },
      },
      {
        random,
        claims: this.#claims,
        store: this.#store as PaperStore,
        domainNodeId: 'domain',
        workOf: ({ input, keep }: StoredMessage) =>
          rulesOf(input as RelatedItemRequest, keep ? 'keep' : 'add') as never,
        clock: {
          now: () => this.time.now,
          setTimeout: (run, delayMs) => this.time.setTimeout(() => isAlive() && run(), delayMs),
          clearTimeout: (timer) => this.time.clearTimeout(timer as number),
        },
        recipient: {
          doing: () => {},
          ended: ({ msg }, end) => {
            if (!isAlive()) return undefined;
            const { name } = msg as { name: string };
            this.ends.set(name, [...(this.ends.get(name) ?? []), { end, process }]);
            return undefined;
          },
        },
      },
    );
  }
}

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>('ok') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Fate>('lost', 'reset', '500', '500-after', 'timeout', 'offline'),
  },
  fc.constantFrom(throttled, () => answer(503, 'ServiceUnavailable')).map((make) => make()),
);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('accept' as const),
      body: fc.constantFrom('a', 'b'),
      caseId: fc.constantFrom('c1', 'c2'),
      merge: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 5, 25, 100, 700, 5000, 40_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('deploy' as const), graceSeconds: fc.constantFrom(0, 2) }),
  },
);

const history = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
  fates: fc.array(fate, { maxLength: 30, size: 'max' }),
  searchFates: fc.array(fate, { maxLength: 10 }),
  latencyMs: fc.constantFrom(20, 300, 3000),
  lagMs: fc.constantFrom(0, 100, 1500, 7000),
  commitMs: fc.constantFrom(1, 30, 400),
  seed: fc.integer(),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

/** Carries out a history until everything has ended. `bodyOf` gives the text of the message of a number. */
async function carryOut(
  { steps, fates, searchFates, latencyMs, lagMs, commitMs, seed }: History,
  bodyOf: (body: string, index: number) => string,
  keep = false,
) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const processes = new Processes({ commitMs, random });
  const { cases, time } = processes;
  Object.assign(cases, { latencyMs, lagMs });
  cases.fateOfCreate = (_request, count) => fates[count - 1] ?? 'ok';
  cases.fateOfSearch = (count) => searchFates[count - 1] ?? 'ok';
  const messages: { readonly name: string; readonly body: string; readonly caseId: string }[] = [];
  for (const [index, each] of steps.entries()) {
    switch (each.do) {
      case 'accept': {
        const { caseId, merge } = each;
        const body = bodyOf(each.body, index);
        processes.accept(`${index}`, comment(body, caseId), merge && !keep, keep);
        messages.push({ name: `${index}`, body, caseId });
        break;
      }
      case 'wait':
        await time.tickAsync(each.ms);
        break;
      case 'kill':
        processes.kill();
        break;
      case 'deploy':
        await processes.deploy(each.graceSeconds);
        break;
    }
  }
  await time.runAllAsync();
  return { processes, messages: messages.filter(({ name }) => !processes.neverKept.has(name)) };
}

const textsIn = (processes: Processes, caseId: string): string[] =>
  processes.cases.bodies(caseId).flatMap((body) => body.split('\n\n'));

describe('delivery on a store that outlives it, whatever is killed, deployed and lost', () => {
  it('adds each message once, in the order of its case', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (each) => {
        const { processes, messages } = await carryOut(each, (_body, index) => `${index}`);
        for (const caseId of ['c1', 'c2']) {
          const expected = messages.filter((message) => message.caseId === caseId);
          assert.deepEqual(
            textsIn(processes, caseId),
            expected.map(({ body }) => body),
          );
        }
      }),
      { numRuns: 700 },
    );
  });

  it('adds as many items as there were messages, where many say the same', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (each) => {
        const { processes, messages } = await carryOut(each, (body) => body);
        for (const caseId of ['c1', 'c2']) {
          const expected = messages.filter((message) => message.caseId === caseId);
          assert.deepEqual(textsIn(processes, caseId).sort(), expected.map(({ body }) => body).sort());
        }
      }),
      { numRuns: 700 },
    );
  });

  it('adds one item where all that say the same are to be kept from adding it again', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (each) => {
        const { processes, messages } = await carryOut(each, (body) => body, true);
        for (const caseId of ['c1', 'c2']) {
          const expected = messages.filter((message) => message.caseId === caseId);
          assert.deepEqual(
            textsIn(processes, caseId).sort(),
            [...new Set(expected.map(({ body }) => body))].sort(),
          );
        }
      }),
      { numRuns: 700 },
    );
  });

  it('hands on that each was delivered, once but where a kill came before that was written down', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (each) => {
        const { processes, messages } = await carryOut(each, (_body, index) => `${index}`);
        for (const { name } of messages) {
          const ends = processes.ends.get(name) ?? [];
          assert.ok(ends.length > 0, `${name} has no end`);
          assert.ok(
            ends.every(({ end }) => 'delivered' in end),
            `${name} was delivered`,
          );
          const inProcesses = new Set(ends.map(({ process }) => process));
          assert.equal(inProcesses.size, ends.length, `${name} ended once in each process`);
        }
        assert.equal(processes.paper.messages.size, 0);
      }),
      { numRuns: 700 },
    );
  });
});
