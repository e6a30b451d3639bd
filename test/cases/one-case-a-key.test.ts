import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FindOrCreateResult, findOrCreate } from '../../src/cases/find-or-create';
import { KnownCases } from '../../src/cases/known-cases';
import { CasesError } from '../../src/errors/errors';
import { FakeService, type Fate } from './fake-service';

const event = fc.record({
  kind: fc.constantFrom<('alarm' | 'alarm' | 'alarm' | 'alarm' | 'close')[]>(
    'alarm',
    'alarm',
    'alarm',
    'alarm',
    'close',
  ),
  machine: fc.constantFrom('a', 'b', 'c'),
  /** A node may remember found cases for a while, or not at all. */
  rememberMs: fc.constantFrom(0, 0, 2000, 60_000),
  afterMs: fc.constantFrom(0, 0, 0, 1, 15, 700, 9000, 61_000),
});
const fate = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fate>('ok') },
  { weight: 2, arbitrary: fc.constantFrom<Fate>('lost', 'lost before') },
  fc.constantFrom<Fate>('refused', 'given up'),
);
const run = fc.record({
  events: fc.array(event, { minLength: 1, maxLength: 30, size: 'max' }),
  /** How calls end, in turn; those that come after end well. */
  fates: fc.array(fate, { maxLength: 30, size: 'max' }),
  latenciesMs: fc.array(fc.constantFrom(2, 20, 300, 3000), { minLength: 1, maxLength: 5 }),
  lagMs: fc.constantFrom(0, 100, 3000, 50_000),
});
type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

interface Message {
  /** Counts up in the order in which messages came. */
  readonly number: number;
  readonly machine: string;
  readonly result?: FindOrCreateResult;
  readonly error?: unknown;
}

const field = (id: string, text: string) => ({ id, value: { stringValue: text } });

/** Carries a run out to its end, and then one more message for each machine while nothing goes wrong any more. */
async function carryOut({ events, fates, latenciesMs, lagMs }: Run) {
  const service = new FakeService();
  const known = new KnownCases();
  const context = { call: service.call, known, now: service.now };
  service.lagMs = lagMs;
  service.fate = (operation, count) => {
    service.latencyMs = latenciesMs[count % latenciesMs.length] ?? 2;
    const each = fates[count - 1] ?? 'ok';
    return operation === 'CreateCase' || !each.startsWith('lost') ? each : 'given up';
  };
  const messages: Message[] = [];
  const working: Promise<void>[] = [];
  const mostOpen = new Map<string, number>();
  const look = () => {
    for (const machine of ['a', 'b', 'c']) {
      const open = service.openWith('machine', machine).length;
      mostOpen.set(machine, Math.max(mostOpen.get(machine) ?? 0, open));
    }
  };
  const alarm = (machine: string, rememberMs: number) => {
    const number = working.length;
    const id = `message-${number}`;
    const fields = [field('title', id), field('machine', machine)];
    const create = { domainId: 'd1', templateId: 't1', fields };
    const match = [field('machine', machine)];
    const request = {
      id,
      scope: 'here',
      domainId: 'd1',
      match,
      statuses: 'notClosed',
      rememberMs,
      create,
    } as const;
    working.push(
      findOrCreate(context, request).then(
        (result) => void messages.push({ number, machine, result }),
        (error: unknown) => void messages.push({ number, machine, error }),
      ),
    );
  };
  const close = (machine: string) => {
    for (const { caseId } of service.openWith('machine', machine)) {
      service.change(caseId, [field('status', 'closed')]);
      known.updated('here', caseId, [field('status', 'closed')], service.now());
    }
  };
  for (const { kind, machine, rememberMs, afterMs } of events) {
    await service.time.tickAsync(afterMs);
    look();
    if (kind === 'alarm') alarm(machine, rememberMs);
    else close(machine);
  }
  await service.time.runAllAsync();
  service.fate = () => 'ok';
  await service.time.tickAsync(1);
  for (const machine of ['a', 'b', 'c']) alarm(machine, 0);
  await service.time.runAllAsync();
  look();
  return { service, messages, came: working.length, mostOpen };
}

describe('find or create case, whatever goes wrong', function () {
  this.timeout(120_000);
  it('never has two open cases for one key, loses no message, and gives none the case of another key', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (each) => {
        const { service, messages, came, mostOpen } = await carryOut(each);
        assert.equal(messages.length, came, 'every message has ended once');
        for (const machine of ['a', 'b', 'c']) {
          assert.ok((mostOpen.get(machine) ?? 0) <= 1, `two open cases for ${machine}`);
          assert.equal(messages.findLast((message) => message.machine === machine)?.error, undefined);
        }
        for (const { machine, result, error } of messages) {
          assert.ok(error === undefined || error instanceof CasesError, String(error));
          if (!result) continue;
          const got = service.cases.find(({ caseId }) => caseId === result.found?.caseId);
          assert.equal(got?.values.get('machine')?.stringValue, machine);
        }
        const makers = messages.flatMap(({ result }) => (result?.created ? [result.found?.caseId] : []));
        assert.equal(new Set(makers).size, makers.length, 'each case was made by one message');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the messages of a key their case in the order in which they came, and fails none where nothing fails', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (each) => {
        const { messages } = await carryOut({ ...each, fates: [] });
        for (const machine of ['a', 'b', 'c']) {
          const own = messages.filter((message) => message.machine === machine);
          assert.ok(own.every(({ error }) => error === undefined));
          const numbers = own.map(({ number }) => number);
          assert.deepEqual(
            numbers,
            numbers.toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});
