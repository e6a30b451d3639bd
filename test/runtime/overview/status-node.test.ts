import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { Report } from '../../../src/runtime/overview/report';
import { type CasesServer, startCasesServer } from '../../support/cases-server';
import { configNodes, startFlow, statusShown, stopFlow, type TestNode } from '../../support/runtime-flow';

describe('the node cases status', function () {
  this.timeout(60_000);
  let server: CasesServer;
  before(async () => {
    server = await startCasesServer();
  });
  afterEach(stopFlow);
  after(() => server.close());

  /** Counts outlive a deploy, so each test has a domain of its own. */
  let domainId = '';
  let tests = 0;
  beforeEach(() => {
    tests += 1;
    domainId = `watched-${tests}`;
  });

  /** Starts a flow with the node, whose messages the returned function gives, one after the other. */
  async function start(properties: object, domain: object = {}): Promise<() => Promise<Report>> {
    const messages: Report[] = [];
    let arrived = () => {};
    const flow: TestNode[] = [
      { id: 'tab', type: 'tab', label: 'test' },
      ...configNodes(server.url, { id: domainId, name: 'demo', store: 'memory', ...domain }),
      ...[
        { id: 'status', type: 'connect-cases-status', domain: domainId, wires: [['figures']], ...properties },
        { id: 'figures', type: 'helper' },
        { id: 'item', type: 'connect-cases-comment', domain: domainId, wires: [[]] },
      ].map((node) => ({ ...node, z: 'tab', x: 0, y: 0 })),
    ];
    await startFlow(flow);
    helper.getNode('figures').on('input', ({ payload, topic }) => {
      assert.equal(topic, 'demo');
      messages.push(payload as Report);
      arrived();
    });
    return async () => {
      while (messages.length === 0) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
      return messages.shift() as Report;
    };
  }
  const send = (payload: string) => helper.getNode('item').receive({ payload, caseId: 'case-1' } as never);

  it('sends the figures again and again, also where nothing changes', async () => {
    const next = await start({ when: 'interval', seconds: 1 });
    const figures = await next();
    assert.deepEqual(figures, {
      ...{ domain: domainId, state: 'idle', offline: false, paused: false, store: 'memory' },
      ...{ waiting: 0, oldestSeconds: 0, inFlight: 0, verifying: 0 },
      ...{ done: 0, failed: 0, sent: 0, refused: 0, pace: null },
    });
    assert.deepEqual(await next(), figures);
  });

  it('sends them when they change', async () => {
    const next = await start({ when: 'change' });
    assert.deepEqual([(await next()).done, server.seen.length], [0, 0]);
    send('one');
    for (let figures = await next(); figures.done < 1; ) figures = await next();
    send('two');
    let figures = await next();
    while (figures.done < 2) figures = await next();
    assert.deepEqual([figures.failed, figures.sent, figures.pace?.found], [0, 2, 1000]);
  });

  it('tells that the service can not be reached, and how long messages have been waiting', async () => {
    const next = await start({ when: 'interval', seconds: 1 }, { endpoint: 'http://127.0.0.1:9' });
    send('waits');
    let figures = await next();
    while (!figures.offline || figures.oldestSeconds === 0) figures = await next();
    assert.deepEqual([figures.offline, figures.state, figures.waiting], [true, 'offline', 1]);
    assert.deepEqual([typeof figures.since, figures.problem?.code], ['number', 'NETWORK']);
  });

  it('tells why nothing goes on, in English', async () => {
    const next = await start({ when: 'change' }, { region: '' });
    const { state, problem } = await next();
    assert.equal(state, 'notConfigured');
    assert.deepEqual(problem, {
      ...{ code: 'NOT_CONFIGURED', message: problem?.message, created: 'no', retryable: false },
      field: 'region',
    });
    assert.match(problem?.message ?? '', /region/);
  });

  it('shows below itself how many wait', async () => {
    const shown = start({ when: 'change' }).then(() =>
      statusShown('status', ({ text, fill }) => text === '0' && fill === 'green'),
    );
    await shown;
  });

  it('says that it has no domain, and that its seconds are none', async () => {
    for (const [properties, text] of [
      [{ domain: '' }, /has no domain node/],
      [{ when: 'interval', seconds: 'soon' }, /seconds are "soon"/],
      [{ when: 'interval', seconds: 0 }, /from 1 to 86400/],
    ] as const) {
      await start(properties);
      const log = helper.log().args.map(([entry]) => String(entry.msg));
      assert.ok(
        log.some((line: string) => text.test(line)),
        String(text),
      );
      await stopFlow();
    }
  });
});
