import assert from 'node:assert/strict';
import { commentNode, freezer, type Host, startHost } from './host';

describe('the figures of a domain', function () {
  this.timeout(60_000);
  let host: Host;
  before(async () => {
    host = await startHost();
  });
  beforeEach(() => host.deploy([commentNode]));
  after(() => host?.stop());

  it('are all there before anything was sent', async () => {
    const before = Date.now();
    const { samples, ...figures } = await host.domain();
    assert.deepEqual(figures, {
      id: 'local-domain',
      name: 'demo',
      state: 'idle',
      store: 'memory',
      waiting: 0,
      inFlight: 0,
      verifying: 0,
      done: 0,
      failed: 0,
      paces: [],
    });
    const { sent, refused, waiting, stepSeconds, until } = samples;
    assert.equal(sent.length * stepSeconds, 600);
    assert.deepEqual(
      [sent, refused, waiting].map((each) => each.length),
      [120, 120, 120],
    );
    assert.ok(until >= before && until <= Date.now() + stepSeconds * 1000);
  });

  it('count what was done and what failed, the requests, and their pace', async () => {
    await host.comment('one');
    await host.comment('two');
    await host.comment('three', 'no-such-case');
    const { done, failed, paces, samples, state } = await host.domain();
    assert.deepEqual({ done, failed, state }, { done: 2, failed: 1, state: 'idle' });
    assert.equal(
      samples.sent.reduce((sum, each) => sum + each, 0),
      3,
    );
    const [pace] = paces;
    assert.deepEqual([pace?.operation, pace?.found, pace?.auto], ['CreateRelatedItem', 1000, false]);
    assert.ok((pace?.used ?? 0) > 0);
  });

  it('name the pace of what is sent most first, also where something else is sent before it', async () => {
    const readNode = { id: 'read', type: 'connect-cases-get-case', domain: 'local-domain' };
    await host.deploy([commentNode, readNode], { rate: 500 });
    await host.nodeRed.send('read', { caseId: freezer.id });
    await host.comment('four');
    const [first, ...others] = (await host.domain()).paces.map(({ operation }) => operation);
    assert.equal(first, 'CreateRelatedItem');
    assert.deepEqual(others.toSorted(), ['GetCase', 'ListFields']);
  });

  it('stay what they were after a deploy', async () => {
    const { done, failed } = await host.domain();
    await host.comment('one more');
    assert.deepEqual([(await host.domain()).done, (await host.domain()).failed], [done + 1, failed]);
  });

  it('tell how many wait, since when, and that the domain is paused, also after a deploy', async () => {
    await host.ask('pause', { domain: 'local-domain' });
    const before = Date.now();
    const sent = ['a', 'b', 'c'].map((text) => host.comment(text));
    const figures = await host.until(({ waiting }) => waiting === 3);
    assert.equal(figures.state, 'paused');
    assert.ok((figures.since ?? 0) <= before && (figures.oldestAt ?? 0) >= before);
    assert.equal(figures.samples.waiting.at(-1), 3);
    await host.deploy([{ ...commentNode, name: 'another' }]);
    assert.equal((await host.domain()).state, 'paused');
    const resumed = await host.ask('resume', { domain: 'local-domain' });
    assert.notEqual(resumed.domains[0]?.state, 'paused');
    await Promise.all(sent);
    assert.equal((await host.until(({ waiting }) => waiting === 0)).oldestAt, undefined);
  });

  it('tell that keys are refused, until they are not any more', async () => {
    host.service.setFaults(['403*1']);
    await host.comment('refused');
    const { state, problem, since } = await host.domain();
    assert.deepEqual([state, problem?.code, typeof since], ['refused', 'ACCESS_DENIED', 'number']);
    await host.comment('taken');
    assert.equal((await host.domain()).state, 'idle');
  });

  it('say what is missing in a domain node', async () => {
    await host.deploy([commentNode], { region: '' });
    const { state, problem } = await host.domain();
    assert.deepEqual([state, problem?.code, problem?.field], ['notConfigured', 'NOT_CONFIGURED', 'region']);
  });

  it('say that a domain node does not run', async () => {
    await host.deploy([], { d: true });
    assert.equal((await host.domain()).state, 'stopped');
    assert.equal(await host.status('pause', { domain: 'local-domain' }), 404);
  });
});
