import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import { type Ending, flowsStop, handOn, takers } from '../../src/runtime/results';

/** As much of a Node-RED as results need: its events, its nodes and its log. */
function fakeNodeRed(nodes: readonly string[]) {
  const logged: string[] = [];
  let listed = 0;
  const RED = {
    events: new EventEmitter(),
    log: { warn: (text: string) => logged.push(text), error: (text: string) => logged.push(text) },
    nodes: {
      eachNode(look: (node: { id: string }) => void) {
        listed += 1;
        for (const id of nodes) look({ id });
      },
    },
  } as unknown as NodeAPI;
  return { RED, logged, listed: () => listed };
}

const ending = { result: { outcome: 'created as arn', status: {} } } as Ending;
const names = Array.from({ length: 250 }, (_, index) => `m${index}`);
const handOnAll = (RED: NodeAPI, isKept: boolean) => {
  for (const _msgid of names) void handOn(RED, { nodeId: 'item', msg: { _msgid } }, ending, () => isKept);
};

/** A node that runs, until what is returned is called; it is told of results in `told`. */
function run(RED: NodeAPI, told: string[]): () => void {
  const ended = ({ msg }: { msg: unknown }) => told.push((msg as { _msgid: string })._msgid);
  takers(RED).set('item', { ended, resumed() {}, doing() {} });
  return () => takers(RED).delete('item');
}

describe('results whose node does not run', () => {
  it('wait on where the flows are stopped again before all have been handed on', async () => {
    const { RED, logged } = fakeNodeRed(['item']);
    const told: string[] = [];
    flowsStop(RED);
    handOnAll(RED, false);
    const close = run(RED, told);
    RED.events.emit('flows:started');
    close();
    flowsStop(RED);
    while (told.length < 100) await nextTurn();
    for (let turns = 0; turns < 10; turns += 1) await nextTurn();
    run(RED, told);
    RED.events.emit('flows:started');
    while (told.length + logged.length < names.length) await nextTurn();
    assert.deepEqual(told, names);
    assert.deepEqual(logged, []);
  });

  it('are looked for among all nodes of the flows once for each deploy, however many they are', () => {
    const { RED, listed } = fakeNodeRed(['item']);
    handOnAll(RED, true);
    assert.equal(listed(), 1);
    RED.events.emit('flows:stopping');
    RED.events.emit('flows:starting');
    handOnAll(RED, true);
    assert.equal(listed(), 2);
  });
});
