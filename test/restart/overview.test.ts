import assert from 'node:assert/strict';
import type { DomainState } from '../../src/definition/overview/figures';
import {
  type OverviewAnswers,
  type OverviewRequests,
  type OverviewRoute,
  overviewPath,
} from '../../src/definition/overview/protocol';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { countedFlow, describeWithSqlite, Restartable } from '../support/restartable';

const [freezer] = demo.cases;
const domain = 'local-domain';

describeWithSqlite('the overview, where messages wait on disk', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let nodeRed: Restartable;
  beforeEach(async () => {
    emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
    nodeRed = await Restartable.with(countedFlow(emulator.url, 'comment'));
    await nodeRed.start();
  });
  afterEach(async () => {
    await nodeRed.remove();
    await emulator.close();
  });

  async function ask<Route extends OverviewRoute>(
    route: Route,
    asked: OverviewRequests[Route],
  ): Promise<OverviewAnswers[Route]> {
    const answer = await fetch(`${nodeRed.url}${overviewPath}/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    return ((await answer.json()) as { found: OverviewAnswers[Route] }).found;
  }
  /** The entries of the list of what failed, once there are so many. */
  const failures = async (count: number) => {
    for (;;) {
      const { entries } = await ask('failures', {});
      if (entries.length === count) return entries;
    }
  };
  const comments = () =>
    emulator.service.state.cases.get(freezer.id)?.items.map(({ content }) => content.comment?.body);

  it('has what failed before a kill, and sends it again; what was dropped stays away', async () => {
    emulator.setFaults(['403*2']);
    for (const id of ['again', 'dropped']) await nodeRed.post({ id, payload: id, caseId: freezer.id });
    await nodeRed.resultsOf(2);
    const [, dropped] = (await failures(2)).toSorted((one, other) =>
      one.preview.localeCompare(other.preview),
    );
    await ask('dropFailures', { ids: [dropped?.id ?? ''] });
    await nodeRed.stop();
    await nodeRed.start();
    const [entry] = await failures(1);
    assert.deepEqual([entry?.preview, entry?.error?.code, entry?.again], ['again', 'ACCESS_DENIED', 'yes']);
    assert.equal((await ask('sendAgain', { ids: 'all' })).sent, 1);
    await failures(0);
    while (comments()?.length !== 1) await failures(0);
    assert.deepEqual(comments(), ['again']);
    await nodeRed.stop();
    await nodeRed.start();
    await failures(0);
  });

  it('tells how many messages wait for a domain that can not be used, and why, until it can', async () => {
    await ask('pause', { domain });
    for (const id of ['one waits', 'two wait']) await nodeRed.post({ id, payload: id, caseId: freezer.id });
    await nodeRed.written('two wait');
    await nodeRed.kill();
    const flow = countedFlow(emulator.url, 'comment');
    nodeRed.change(flow.map((node) => ({ ...node, credentials: undefined })));
    await nodeRed.start();
    await nodeRed.logs(/2 messages wait on disk until the domain can be used\. The access key ID is blank/);
    /** The figures once the domain is in this state and both messages are told of. */
    const left = async (state: DomainState) => {
      for (;;) {
        const [figures] = (await ask('figures', {})).domains;
        if (figures?.state === state && figures.waiting === 2) return figures;
      }
    };
    const { store, problem } = await left('notConfigured');
    assert.deepEqual([store, problem?.code], ['disk', 'CREDENTIALS']);
    await nodeRed.deploy(flow.map((node) => ('auth' in node ? { ...node, d: true } : node)));
    await left('stopped');
    await nodeRed.deploy(flow);
    await left('paused');
    await ask('resume', { domain });
    await nodeRed.resultsOf(2);
    assert.deepEqual(comments(), ['one waits', 'two wait']);
  });

  it('stays paused over a kill, with what waits, until somebody resumes it', async () => {
    await ask('pause', { domain });
    await nodeRed.post({ id: 'a', payload: 'waits', caseId: freezer.id });
    await nodeRed.written('waits');
    await nodeRed.kill();
    await nodeRed.start();
    let [figures] = (await ask('figures', {})).domains;
    while (figures?.waiting !== 1) [figures] = (await ask('figures', {})).domains;
    assert.deepEqual([figures.state, figures.store], ['paused', 'disk']);
    assert.equal((await ask('waiting', { domain })).groups[0]?.first.preview, 'waits');
    assert.deepEqual(comments(), []);
    await ask('resume', { domain });
    await nodeRed.resultsOf(1);
    assert.deepEqual(comments(), ['waits']);
    await nodeRed.stop();
    await nodeRed.start();
    do [figures] = (await ask('figures', {})).domains;
    while (figures?.state === 'busy');
    assert.equal(figures?.state, 'idle');
  });
});
