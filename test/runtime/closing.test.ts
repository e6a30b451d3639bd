import assert from 'node:assert/strict';
import { type EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import RED from 'node-red';
import helper from 'node-red-node-test-helper';
import { type CasesServer, startCasesServer } from '../support/cases-server';
import {
  configNodes,
  deployFlow,
  itemNodes,
  type Message,
  startFlow,
  stopFlow,
  type TestNode,
} from '../support/runtime-flow';

describe('messages on their way while a flow is deployed or stopped', () => {
  let server: CasesServer;
  /** Answers that the service holds back until the test lets them go. */
  let held: (() => void)[];
  let arrived: () => void;

  beforeEach(async () => {
    server = await startCasesServer();
    held = [];
    arrived = () => {};
    const { answer } = server;
    server.answer = (request, response) => {
      held.push(() => answer(request, response));
      arrived();
    };
  });
  afterEach(async () => {
    await stopFlow();
    await server.close();
    delete closeTimeout().nodeCloseTimeout;
  });

  const flow = (item: object = {}, domain: object = {}): TestNode[] => [
    ...configNodes(server.url, { timeoutSeconds: 60, ...domain }),
    ...itemNodes('comment', item),
  ];

  /** Starts `flow` and hands it three messages of one case; the first of them is on its way then, two wait. */
  async function sendThree(flow: TestNode[]): Promise<void> {
    await startFlow(flow);
    const first = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    for (const payload of ['a', 'b', 'c']) helper.getNode('item').receive({ payload, caseId: 'c1' } as never);
    await first;
  }

  /** Lets go what is held back and all that comes. */
  function answerAll(): void {
    arrived = () => {
      for (const answer of held.splice(0)) answer();
    };
    arrived();
  }

  /** Deploys `changed`, and resolves with what comes to `out` and `caught` once all three messages have ended. */
  async function deploy(
    changed: TestNode[],
    type: 'nodes' | 'full',
  ): Promise<{ out: Message[]; caught: Message[] }> {
    const ends = { out: [] as Message[], caught: [] as Message[] };
    const ended = new Promise<void>((resolve) => {
      const collect = () => {
        for (const id of ['out', 'caught'] as const) {
          helper.getNode(id).on('input', (message: Message) => {
            ends[id].push(message);
            if (ends.out.length + ends.caught.length === 3) resolve();
          });
        }
      };
      if (type === 'nodes') collect();
      else RED.events.once('flows:started', collect);
    });
    await deployFlow(changed, type);
    await ended;
    return ends;
  }

  const bodies = () =>
    server.seen.map(({ body }) => (body as { content: { comment: { body: string } } }).content.comment.body);
  const codes = (messages: Message[]) =>
    messages.map(({ casesError }) => {
      const { code, created } = casesError as Record<string, unknown>;
      return `${code} ${created}`;
    });

  it('go on where only the item node has changed: the queue belongs to the domain', async () => {
    await sendThree(flow());
    RED.events.once('flows:started', answerAll);
    const { out } = await deploy(flow({ name: 'changed' }), 'nodes');
    assert.equal(out.length, 3);
    assert.deepEqual(bodies(), ['a', 'b', 'c']);
  });

  for (const [what, type, changed] of [
    ['the domain has changed', 'nodes', { burst: 20 }],
    ['everything is deployed anew', 'full', {}],
  ] as const) {
    it(`are finished or reach Catch, once it is there again, where ${what}`, async () => {
      await sendThree(flow());
      RED.events.once('flows:stopping', () => setImmediate(answerAll));
      const { out, caught } = await deploy(flow({}, changed), type);
      assert.deepEqual(
        out.map(({ payload }) => payload),
        ['arn:aws:cases:::related-item/item-1'],
      );
      assert.deepEqual(codes(caught), ['CLOSED no', 'CLOSED no']);
      assert.deepEqual(bodies(), ['a']);
      assert.ok(logged().some((text) => text.startsWith('2 messages still wait')));
    });
  }

  describe('that no node can be told of', () => {
    const listed = () => logged().filter((text) => text.startsWith('Connect Cases: '));

    /** Three messages of three cases, so that all are on their way. */
    async function sendOnThreeCases(nodes: TestNode[]): Promise<void> {
      await startFlow(nodes);
      const all = new Promise<void>((resolve) => {
        arrived = () => held.length === 3 && resolve();
      });
      for (const id of ['m1', 'm2', 'm3']) {
        helper.getNode('item').receive({ _msgid: id, payload: id, caseId: id } as never);
      }
      await all;
    }

    /** Expects one line of the log that names all three and what they became. */
    function assertAllListed(): void {
      const [line = '', ...more] = listed().map(String);
      assert.deepEqual(more, []);
      assert.deepEqual(line.match(/\bm\d\b/g)?.toSorted(), ['m1', 'm2', 'm3']);
      assert.match(line, /created as arn:/);
    }

    it('are listed once with their ids where their flow was disabled', async () => {
      await sendThree(flow());
      const disabled = flow().map((node) => (node.type === 'tab' ? { ...node, disabled: true } : node));
      RED.events.once('flows:stopping', () => setImmediate(answerAll));
      await deployFlow(disabled, 'full');
      while (listed().length === 0) await nextTurn();
      assert.equal(listed().length, 1);
      assert.match(String(listed()[0]), /^Connect Cases: 3 messages /);
      assert.match(String(listed()[0]), /created as arn:\S+item-1: \w+/);
      assert.match(String(listed()[0]), /CLOSED, created: no: \w+, \w+/);
    });

    it('are listed together where their node is gone and their domain goes on', async () => {
      await sendOnThreeCases(flow());
      const without = flow().filter(({ id }) => id !== 'item');
      await deployFlow(without, 'nodes');
      answerAll();
      while (server.seen.length < 3) await nextTurn();
      await helper.clearFlows();
      assertAllListed();
    });

    it('are listed with their ARNs where Node-RED stops: a flow that keeps its messages knows what exists', async () => {
      await sendOnThreeCases(flow());
      RED.events.once('flows:stopping', () => setImmediate(answerAll));
      await helper.clearFlows();
      assertAllListed();
    });
  });

  it('leave no timer, socket or listener behind, whether they were answered or not', async () => {
    closeTimeout().nodeCloseTimeout = 300;
    await nextTurn();
    const before = inUse();
    await sendThree(flow());
    const [out] = await Promise.all([
      once(helper.getNode('out') as unknown as EventEmitter, 'input'),
      new Promise<void>((resolve) => {
        arrived = () => {
          held.pop()?.();
          resolve();
        };
        helper.getNode('item').receive({ payload: 'x', caseId: 'c2' } as never);
      }),
    ]);
    assert.ok(out);
    await stopFlow();
    assert.deepEqual(bodies(), ['a', 'x']);
    const left = () => without(inUse(), before);
    const isSocket = (name: string) => /TCPSocket|TLS/.test(name);
    assert.deepEqual(
      left().filter((name) => !isSocket(name)),
      [],
    );
    // A socket is gone when its other end has heard of it.
    while (left().some(isSocket)) await nextTurn();
  });

  it('are all counted in the log that wait in memory, also those that wait for the case of another', async () => {
    closeTimeout().nodeCloseTimeout = 300;
    const finder = { match: [{ field: 'machine', value: 'topic', valueType: 'msg' }], templateId: 't1' };
    const cases = (domain: object) => [
      ...configNodes(server.url, { timeoutSeconds: 60, store: 'memory', ...domain }),
      ...itemNodes('find-or-create-case', finder),
    ];
    await startFlow(cases({}));
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    for (const payload of ['a', 'b', 'c']) {
      helper.getNode('item').receive({ payload, topic: 'boiler-3' } as never);
    }
    await asked;
    const { caught } = await deploy(cases({ burst: 20 }), 'nodes');
    assert.deepEqual(codes(caught), ['CLOSED no', 'CLOSED no', 'CLOSED no']);
    assert.ok(logged().some((text) => text.startsWith('3 messages still wait')));
  });

  it("are given up within Node-RED's own time for closing", async () => {
    closeTimeout().nodeCloseTimeout = 300;
    await sendThree(flow());
    const { caught } = await deploy(flow({}, { burst: 20 }), 'nodes');
    assert.deepEqual(codes(caught), ['CLOSED no', 'CLOSED no', 'CLOSED unknown']);
    assert.ok(!logged().some((text) => text.includes('stopping-error')));
  });
});

/** Node-RED's settings have it, their types do not. */
const closeTimeout = () => helper.settings(undefined as never) as unknown as { nodeCloseTimeout?: number };

/** The process's timers, sockets and listeners. */
const inUse = (): string[] => [
  ...process.getActiveResourcesInfo().filter((name) => /^Timeout$|TCPSocket|TLS/.test(name)),
  ...process
    .eventNames()
    .flatMap((name) => Array(process.listenerCount(name)).fill(`${String(name)} listener`)),
];

/** What is in `list` more often than in `other`: tests that ran before may have left something, which may end meanwhile. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((name) => {
    const index = rest.indexOf(name);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/** What Node-RED has logged. */
const logged = (): string[] => helper.log().args.map(([entry]) => String(entry?.msg));
