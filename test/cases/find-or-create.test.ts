import assert from 'node:assert/strict';
import {
  type FindOrCreateRequest,
  type FindOrCreateResult,
  findOrCreate,
} from '../../src/cases/find-or-create';
import { KnownCases } from '../../src/cases/known-cases';
import { CasesError } from '../../src/errors/errors';
import { FakeService, type Fate } from './fake-service';

const machine = (name: string) => ({ id: 'machine', value: { stringValue: name } });
const closed = { id: 'status', value: { stringValue: 'closed' } };

/** A service, and messages about its machines. */
function setUp() {
  const service = new FakeService();
  const known = new KnownCases();
  let ids = 0;
  const ask = (name: string, more: Partial<FindOrCreateRequest> = {}) => {
    ids += 1;
    return findOrCreate(
      { call: service.call, known, now: service.now },
      {
        id: `message-${ids}`,
        scope: 'here',
        domainId: 'd1',
        match: [machine(name)],
        statuses: 'notClosed',
        rememberMs: 60_000,
        create: {
          domainId: 'd1',
          templateId: 't1',
          fields: [{ id: 'title', value: { stringValue: `Alarm ${ids}` } }, machine(name)],
        },
        ...more,
      },
    );
  };
  /** Like `ask`, and lets time pass until it has ended. */
  const asked = async (name: string, more?: Partial<FindOrCreateRequest>): Promise<FindOrCreateResult> => {
    const result = ask(name, more);
    result.catch(() => undefined);
    await service.time.runAllAsync();
    return result;
  };
  const close = (caseId: string) => {
    service.change(caseId, [closed]);
    known.updated('here', caseId, [closed], service.now());
  };
  return { service, known, ask, asked, close };
}

/** Fates for the calls of one operation, in turn; all others end well. */
const fates =
  (operation: string, ...each: Fate[]) =>
  (called: string): Fate =>
    called === operation ? (each.shift() ?? 'ok') : 'ok';

const idOf = ({ found }: FindOrCreateResult) => found?.caseId;

describe('find or create case', () => {
  it('makes a case where there is none, and says its number', async () => {
    const { asked, service } = setUp();
    assert.deepEqual(await asked('boiler-3'), {
      found: { caseId: 'case-1', title: 'Alarm 1', status: 'open', referenceNumber: '1001', matches: 1 },
      created: true,
    });
    assert.equal(service.openWith('machine', 'boiler-3').length, 1);
  });

  it('takes the case that there is: of several the one updated last, and says how many', async () => {
    const { asked, service } = setUp();
    for (const token of ['a', 'b']) {
      await service.time.tickAsync(1000);
      service.call('CreateCase', {
        domainId: 'd1',
        templateId: 't1',
        fields: [machine('boiler-3')],
        clientToken: token,
      });
      await service.time.runAllAsync();
    }
    service.change('case-1', [{ id: 'title', value: { stringValue: 'Updated last' } }]);
    const { found, created } = await asked('boiler-3');
    assert.deepEqual(
      [found?.caseId, found?.title, found?.matches, created],
      ['case-1', 'Updated last', 2, false],
    );
  });

  it('asks and makes once for all messages that are under way together', async () => {
    const { ask, service } = setUp();
    const messages = Array.from({ length: 50 }, () => ask('boiler-3'));
    await service.time.runAllAsync();
    const results = await Promise.all(messages);
    assert.deepEqual(new Set(results.map(idOf)), new Set(['case-1']));
    assert.deepEqual(
      results.map(({ created }) => created),
      [true, ...new Array(49).fill(false)],
    );
    assert.deepEqual([service.count('SearchCases'), service.count('CreateCase')], [1, 1]);
  });

  it('makes different cases for different values, fields, kinds of value and domains', async () => {
    const { ask, service } = setUp();
    const messages = [
      ask('7'),
      ask('8'),
      ask('7', { match: [{ id: 'line', value: { stringValue: '7' } }] }),
      ask('7', { match: [{ id: 'machine', value: { doubleValue: 7 } }] }),
      ask('7', { match: [machine('7'), { id: 'line', value: { stringValue: '1' } }] }),
      ask('7', { scope: 'elsewhere' }),
    ];
    await service.time.runAllAsync();
    assert.equal(new Set((await Promise.all(messages)).map(idOf)).size, messages.length);
  });

  it('takes the order of the matched fields for nothing', async () => {
    const { ask, service } = setUp();
    const line = { id: 'line', value: { stringValue: '1' } };
    const messages = [ask('7', { match: [machine('7'), line] }), ask('7', { match: [line, machine('7')] })];
    await service.time.runAllAsync();
    assert.deepEqual((await Promise.all(messages)).map(idOf), ['case-1', 'case-1']);
  });

  it('does not ask again while it remembers, and asks again after that', async () => {
    const { asked, service } = setUp();
    await asked('boiler-3', { rememberMs: 5000 });
    await service.time.tickAsync(4900);
    await asked('boiler-3', { rememberMs: 5000 });
    assert.equal(service.count('SearchCases'), 1);
    await service.time.tickAsync(200);
    await asked('boiler-3', { rememberMs: 5000 });
    assert.equal(service.count('SearchCases'), 2);
  });

  it('knows a case that it has just made although searches do not show it, also without remembering', async () => {
    const { asked, service } = setUp();
    service.lagMs = 55_000;
    await asked('boiler-3', { rememberMs: 0 });
    await service.time.tickAsync(50_000);
    const { found, created } = await asked('boiler-3', { rememberMs: 0 });
    assert.deepEqual([found?.caseId, created, service.cases.length], ['case-1', false, 1]);
  });

  it('notices that somebody has closed the case that searches do not show yet', async () => {
    const { asked, service } = setUp();
    service.lagMs = 30_000;
    await asked('boiler-3', { rememberMs: 0 });
    service.change('case-1', [closed]);
    await service.time.tickAsync(1);
    assert.equal(idOf(await asked('boiler-3', { rememberMs: 0 })), 'case-2');
  });

  it('makes a new case after an update of ours has closed the old one, though searches still show that as open', async () => {
    const { asked, service, close } = setUp();
    await asked('boiler-3');
    await service.time.tickAsync(10_000);
    service.lagMs = 5000;
    close('case-1');
    const { found, created } = await asked('boiler-3');
    assert.deepEqual([found?.caseId, created, found?.matches], ['case-2', true, 1]);
  });

  it('goes on with a closed case where any status counts', async () => {
    const { asked, close } = setUp();
    await asked('boiler-3', { statuses: 'any' });
    close('case-1');
    assert.deepEqual(idOf(await asked('boiler-3', { statuses: 'any' })), 'case-1');
    assert.deepEqual(idOf(await asked('boiler-3')), 'case-2');
  });

  it('does not take a case any more whose matched field an update of ours has changed', async () => {
    const { asked, service, known } = setUp();
    await asked('boiler-3');
    for (const [name, expected] of [
      ['boiler-3', 'case-1'],
      ['boiler-4', 'case-2'],
    ] as const) {
      service.change('case-1', [machine(name)]);
      known.updated('here', 'case-1', [machine(name)], service.now());
      assert.equal(idOf(await asked('boiler-3')), expected);
    }
  });

  it('asks again where nobody knows whether an update of ours has closed the case', async () => {
    for (const isClosed of [true, false]) {
      const { asked, service, known } = setUp();
      service.lagMs = 20_000;
      await asked('boiler-3');
      if (isClosed) service.change('case-1', [closed]);
      known.forget('here', 'case-1');
      assert.equal(idOf(await asked('boiler-3')), isClosed ? 'case-2' : 'case-1');
    }
  });

  it('repeats a CreateCase whose answer was lost with the same token, by whichever message comes next', async () => {
    for (const fate of ['lost', 'lost before'] as const) {
      const { asked, service } = setUp();
      service.lagMs = 60_000;
      service.fate = fates('CreateCase', fate, 'given up');
      await assert.rejects(asked('boiler-3'), { code: /TIMEOUT|NETWORK/, created: 'unknown' });
      await assert.rejects(asked('boiler-3'), { code: 'EXPIRED' });
      assert.equal(idOf(await asked('boiler-3')), 'case-1');
      assert.equal(service.openWith('machine', 'boiler-3').length, 1);
      const tokens = service.calls
        .filter(({ operation }) => operation === 'CreateCase')
        .map(({ input }) => input);
      assert.equal(new Set(tokens.map((input) => JSON.stringify(input))).size, 1);
    }
  });

  it('does not take a case that a lost CreateCase has made if it was closed since', async () => {
    const { asked, service } = setUp();
    service.fate = fates('CreateCase', 'lost');
    await assert.rejects(asked('boiler-3'), { created: 'unknown' });
    service.change('case-1', [closed]);
    assert.equal(idOf(await asked('boiler-3')), 'case-2');
  });

  it('tells the messages that wait together of a refusal without asking again', async () => {
    for (const operation of ['SearchCases', 'CreateCase']) {
      const { ask, service } = setUp();
      service.fate = (called) => (called === operation ? 'refused' : 'ok');
      const fields = [machine('boiler-3')];
      const create = { domainId: 'd1', templateId: 't1', fields };
      const messages = Array.from({ length: 20 }, () => ask('boiler-3', { create }));
      const endings = Promise.allSettled(messages);
      await service.time.runAllAsync();
      assert.ok((await endings).every(({ status }) => status === 'rejected'));
      assert.deepEqual([service.count('SearchCases'), service.count(operation as 'CreateCase')], [1, 1]);
    }
  });

  it('lets each message try itself where another could not be carried through, or asked for another case', async () => {
    for (const fate of ['given up', 'refused'] as const) {
      const { ask, service } = setUp();
      service.fate = fates('CreateCase', fate);
      const endings = Promise.allSettled([ask('boiler-3'), ask('boiler-3')]);
      await service.time.runAllAsync();
      assert.deepEqual(
        (await endings).map(({ status }) => status),
        ['rejected', 'fulfilled'],
      );
    }
  });

  it('gives up a message that has waited too long for its turn, without asking', async () => {
    const { ask, service } = setUp();
    const until = (at: number) => ({
      late: () => (service.now() >= at ? new CasesError('EXPIRED', 'Too long.') : undefined),
    });
    service.fate = fates('SearchCases', 'given up');
    const soon = service.now() + 1;
    const endings = Promise.allSettled([
      ask('boiler-3', until(soon)),
      ask('boiler-3', until(soon)),
      ask('boiler-3'),
    ]);
    await service.time.runAllAsync();
    assert.deepEqual(
      (await endings).map(({ status }) => status),
      ['rejected', 'rejected', 'fulfilled'],
    );
    assert.equal(service.count('SearchCases'), 2);
  });

  it('says that there is none where it is not to make one, once for all that wait', async () => {
    const { ask, asked, service } = setUp();
    const find = () => ask('boiler-3', { create: undefined } as never);
    const messages = [find(), find()];
    await service.time.runAllAsync();
    for (const message of messages) assert.deepEqual(await message, { found: undefined, created: false });
    assert.equal(service.count('SearchCases'), 1);
    assert.equal((await asked('boiler-3')).created, true);
  });

  it('hands on a case that it has made although GetCase fails', async () => {
    const { asked, service } = setUp();
    service.fate = fates('GetCase', 'refused');
    const { found } = await asked('boiler-3');
    assert.deepEqual([found?.caseId, found?.title, found?.referenceNumber], ['case-1', 'Alarm 1', undefined]);
  });

  it('forgets closed cases after a while, also where no message asks for one', async () => {
    const { service, known } = setUp();
    for (let index = 0; index < 100; index += 1) {
      known.updated('here', `case-${index}`, [closed], service.now());
    }
    assert.equal(known.size, 100);
    await service.time.tickAsync(120_000);
    known.updated('here', 'case', [closed], service.now());
    assert.equal(known.size, 1);
  });

  it('forgets keys after a while', async () => {
    const { asked, service, known } = setUp();
    for (let index = 0; index < 100; index += 1) await asked(`boiler-${index}`);
    assert.equal(known.size, 100);
    await service.time.tickAsync(120_000);
    await asked('boiler');
    assert.equal(known.size, 1);
  });

  it('remembers no more than 20,000 keys for long: those that came last', async () => {
    const { asked, service, known } = setUp();
    const day = 86_400_000;
    for (let index = 0; index <= 20_000; index += 1) {
      const key = { scope: 'here', match: [machine(`boiler-${index}`)] };
      await known.inTurn(key, day, service.now(), async ({ answers }) => {
        const found = { caseId: `case of ${index}`, title: 'Alarm', status: 'open', matches: 1 };
        answers.notClosed = { at: service.now(), found };
      });
    }
    await service.time.tickAsync(120_000);
    await asked('boiler-20000', { rememberMs: day });
    assert.equal(known.size, 20_000);
    assert.equal(service.count('SearchCases'), 0);
    await asked('boiler-0', { rememberMs: day });
    assert.equal(service.count('SearchCases'), 1);
  });
});
