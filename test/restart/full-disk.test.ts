import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { countedFlow, describeWithSqlite, Restartable } from '../support/restartable';

const [freezer] = demo.cases;
/** Linux alone lets another process give one space again. */
const onLinux = process.platform === 'linux' ? describeWithSqlite : () => {};

onLinux('messages that wait on a disk that is full', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let nodeRed: Restartable;

  beforeEach(async () => {
    emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
    const domain = { rate: 100, burst: 100 };
    nodeRed = await Restartable.with(countedFlow(emulator.url, 'comment', { domain }));
  });
  afterEach(async () => {
    await nodeRed.remove();
    await emulator.close();
  });

  /** Hands over a message for each id; the service lets none through for now. */
  async function post(...ids: readonly string[]): Promise<void> {
    emulator.setFaults(['503']);
    const more = 'x'.repeat(50_000);
    for (const id of ids) await nodeRed.post({ id, payload: id, caseId: freezer.id, more });
  }
  /** Lets the service work again, and waits until each of these messages has one result and one item, in order. */
  async function assertDelivered(...ids: readonly string[]): Promise<void> {
    emulator.setFaults([]);
    const results = await nodeRed.resultsOf(ids.length);
    assert.deepEqual(
      results.map(({ id }) => id),
      ids,
    );
    const { items = [] } = emulator.service.state.cases.get(freezer.id) ?? {};
    assert.deepEqual(
      items.map(({ content }) => content.comment?.body),
      ids,
    );
  }

  it('go on from memory, which the log says once; they survive a kill once there is space again', async () => {
    nodeRed.limitFiles(400);
    await nodeRed.start();
    const first = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await post(...first);
    await nodeRed.logs(/can't be written to .*go on from memory/);
    await assertDelivered(...first);
    const later = ['while', 'it', 'is', 'full'];
    await post(...later);
    nodeRed.giveSpace();
    await nodeRed.logs(/are kept in .* again/);
    await post('afterwards');
    await nodeRed.written('afterwards');
    assert.equal(nodeRed.log.match(/can't be written to/g)?.length, 1);
    await nodeRed.kill();
    await nodeRed.start();
    await assertDelivered(...first, ...later, 'afterwards');
  });

  it('are written down without a restart, though it was full when Node-RED was started and had no file yet', async () => {
    await nodeRed.start();
    await nodeRed.stop();
    rmSync(join(nodeRed.userDir, 'connect-cases.sqlite'));
    // Node-RED's own files, which it does not write again, are larger than an empty one of ours.
    nodeRed.limitFiles(8);
    await nodeRed.start();
    await nodeRed.logs(/in memory only.*connect-cases.sqlite can't be used/);
    await post('first', 'second');
    nodeRed.giveSpace();
    await nodeRed.logs(/connect-cases.sqlite can be used now/);
    await nodeRed.kill();
    await nodeRed.start();
    await assertDelivered('first', 'second');
  });
});
