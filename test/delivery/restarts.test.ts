import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createClock } from '@sinonjs/fake-timers';
import fc from 'fast-check';
import type { Delivery, End } from '../../src/delivery/delivery';
import { createDelivery } from '../../src/delivery/queue';
import type { DiskStore } from '../../src/delivery/store/disk/disk-store';
import type { MessageStore, StoredMessage } from '../../src/delivery/store/message-store';
import { Claims } from '../../src/delivery/verify/claims';
import { asService, type RelatedItemRequest, rulesOf } from '../support/item-delivery';
import { answer, comment, FakeCases, type Fate, throttled } from './fake-cases';
import { Paper, type PaperClock, PaperStore } from './paper-store';
import { hasSqlite, newFolder, newPath, openStore } from './store/stores';

/** Where a store keeps what it keeps. */
interface Medium {
  /** Of the test's clock, after which it has to settle. */
  readonly stepMs: number;
  /** A store on it, in a new process. */
  open(): MessageStore;
  /** Ends that process: what is not kept by now never will be. */
  kill(): void;
  /** Has what the store does meanwhile go on. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Paper on which a commit takes some time. */
class PaperMedium implements Medium {
  readonly stepMs = Number.POSITIVE_INFINITY;
  readonly #paper = new Paper();
  readonly #time: PaperClock;
  readonly #commitMs: number;
  #store: PaperStore | undefined;

  constructor(time: PaperClock, commitMs: number) {
    this.#time = time;
    this.#commitMs = commitMs;
  }

  open(): PaperStore {
    this.#store = new PaperStore(this.#paper, this.#time, this.#commitMs);
    return this.#store;
  }

  kill(): void {
    this.#store?.kill();
  }

  async settle(): Promise<void> {}

  async close(): Promise<void> {}
}

/** A file; a kill is a power cut: it goes on with the file as it was on the disk at that moment. */
class DiskMedium implements Medium {
  readonly stepMs = 200;
  #path = newPath();
  readonly #stores: DiskStore[] = [];

  open(): DiskStore {
    const { store } = openStore(this.#path);
    this.#stores.push(store);
    return store;
  }

  kill(): void {
    const folder = newFolder();
    cpSync(dirname(this.#path), folder, { recursive: true });
    this.#path = join(folder, basename(this.#path));
  }

  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    for (const store of this.#stores.splice(0)) await store.close();
  }
}

/** One process after another on the same medium, each with some domain nodes, and a service that knows nothing of that. */
class Processes {
  readonly time = createClock(0, 1_000_000);
  readonly cases = new FakeCases(this.time);
  /** The ends of each message, by its name and the number of the process that handed it on. */
  readonly ends = new Map<string, { readonly end: End; readonly process: number }[]>();
  /** Messages that were killed before they were kept. */
  readonly neverKept = new Set<string>();
  readonly medium: Medium;
  #process = 0;
  #store: MessageStore;
  #claims = new Claims();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #accepted = new Map<string, string>();
  /** Those of them that the store said it had. */
  readonly #kept = new Set<string>();
  readonly #random: () => number;

  constructor(
    mediumOf: (time: PaperClock) => Medium,
    random: () => number,
    domainNodeIds: readonly string[],
  ) {
    this.medium = mediumOf(this.time);
    this.#random = random;
    this.#store = this.medium.open();
    for (const id of domainNodeIds) this.#open(id);
  }

  /** Hands a message over; `name` tells it apart from all others. */
  accept(
    domainNodeId: string,
    name: string,
    input: RelatedItemRequest,
    { merge, keep }: { merge: boolean; keep: boolean },
  ): void {
    const rules = rulesOf(input, keep ? 'keep' : 'add');
    const message = { nodeId: 'node', msg: { name }, rules, input, merge };
    const id = this.#deliveries.get(domainNodeId)?.accept(message) ?? '';
    this.#accepted.set(id, name);
    const process = this.#process;
    void this.#store.settled().then(() => {
      if (process === this.#process) this.#kept.add(id);
    });
  }

  async pass(ms: number): Promise<void> {
    const end = this.time.now + ms;
    while (this.time.now < end) {
      await this.medium.settle();
      await this.time.tickAsync(Math.min(end - this.time.now, this.medium.stepMs));
    }
  }

  /** Waits until everything has ended. */
  async finish(): Promise<void> {
    const isBusy = () => [...this.#deliveries.values()].some(({ state }) => state !== 'idle');
    while (isBusy() || this.time.countTimers() > 0) {
      await this.medium.settle();
      await this.time.nextAsync();
    }
    await this.#store.settled();
  }

  async kill(): Promise<void> {
    this.#process += 1;
    this.medium.kill();
    this.#store = this.medium.open();
    this.#claims = new Claims();
    const found = new Set<string>();
    for (const domainNodeId of this.#deliveries.keys())
      for (const { id } of await this.#store.load(domainNodeId)) found.add(id);
    for (const [id, name] of this.#accepted)
      if (!found.has(id) && !this.#kept.has(id) && !this.ends.has(name)) this.neverKept.add(name);
    for (const id of this.#deliveries.keys()) this.#open(id);
  }

  async deploy(domainNodeId: string, graceSeconds: number): Promise<void> {
    let isClosed = false;
    void this.#deliveries
      .get(domainNodeId)
      ?.close(graceSeconds)
      .then(() => {
        isClosed = true;
      });
    do await this.pass(50);
    while (!isClosed);
    this.#open(domainNodeId);
  }

  #open(domainNodeId: string): void {
    const process = this.#process;
    const isAlive = () => process === this.#process;
    const service = asService(this.cases);
    const delivery = createDelivery(
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
        random: this.#random,
        claims: this.#claims,
        store: this.#store,
        domainNodeId,
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
    this.#deliveries.set(domainNodeId, delivery);
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
      domainNode: fc.nat(1),
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
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      domainNode: fc.nat(1),
      graceSeconds: fc.constantFrom(0, 2),
    }),
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
  {
    keep = false,
    mediumOf,
    domainNodeIds = ['domain'],
  }: {
    keep?: boolean;
    mediumOf?: (time: PaperClock) => Medium;
    domainNodeIds?: readonly string[];
  } = {},
) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const onPaper = (time: PaperClock) => new PaperMedium(time, commitMs);
  const processes = new Processes(mediumOf ?? onPaper, random, domainNodeIds);
  const domainNodeOf = ({ domainNode }: { domainNode: number }) =>
    domainNodeIds[domainNode % domainNodeIds.length] ?? '';
  const { cases } = processes;
  Object.assign(cases, { latencyMs, lagMs });
  cases.fateOfCreate = (_request, count) => fates[count - 1] ?? 'ok';
  cases.fateOfSearch = (count) => searchFates[count - 1] ?? 'ok';
  const messages: { readonly name: string; readonly body: string; readonly caseId: string }[] = [];
  for (const [index, each] of steps.entries()) {
    switch (each.do) {
      case 'accept': {
        const { caseId, merge } = each;
        const body = bodyOf(each.body, index);
        const options = { merge: merge && !keep, keep };
        processes.accept(domainNodeOf(each), `${index}`, comment(body, caseId), options);
        messages.push({ name: `${index}`, body, caseId });
        break;
      }
      case 'wait':
        await processes.pass(each.ms);
        break;
      case 'kill':
        await processes.kill();
        break;
      case 'deploy':
        await processes.deploy(domainNodeOf(each), each.graceSeconds);
        break;
    }
  }
  await processes.finish();
  await processes.medium.close();
  return { processes, messages: messages.filter(({ name }) => !processes.neverKept.has(name)) };
}

const textsIn = (processes: Processes, caseId: string): string[] =>
  processes.cases.bodies(caseId).flatMap((body) => body.split('\n\n'));

describe('delivery on a store that outlives it, whatever is killed, deployed and lost', function () {
  this.timeout(120_000);
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

  it('adds as many items as there were messages, where two domain nodes say the same', async () => {
    const domainNodeIds = ['one', 'other'];
    await fc.assert(
      fc.asyncProperty(history, async (each) => {
        const { processes, messages } = await carryOut(each, (body) => body, { domainNodeIds });
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
        const { processes, messages } = await carryOut(each, (body) => body, { keep: true });
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
        assert.deepEqual(await processes.medium.open().load('domain'), []);
        await processes.medium.close();
      }),
      { numRuns: 700 },
    );
  });
});

(hasSqlite ? describe : () => {})('delivery on a file, whatever is cut off, deployed and lost', () => {
  it('adds each message once, in the order of its case, and hands on that it was delivered', async () => {
    const mediumOf = () => new DiskMedium();
    await fc.assert(
      fc.asyncProperty(history, async (each) => {
        const { processes, messages } = await carryOut(each, (_body, index) => `${index}`, { mediumOf });
        for (const caseId of ['c1', 'c2']) {
          const expected = messages.filter((message) => message.caseId === caseId);
          assert.deepEqual(
            textsIn(processes, caseId),
            expected.map(({ body }) => body),
          );
        }
        for (const { name } of messages) {
          const ends = processes.ends.get(name) ?? [];
          assert.ok(ends.length > 0 && ends.every(({ end }) => 'delivered' in end), name);
        }
      }),
      { numRuns: 15 },
    );
  }).timeout(120_000);
});
