import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, install } from '@sinonjs/fake-timers';
import type { End } from '../../../src/delivery/delivery';
import { createDelivery } from '../../../src/delivery/queue';
import { Claims } from '../../../src/delivery/verify/claims';
import { asService, type RelatedItemRequest, rulesOf } from '../../support/item-delivery';
import { arnOf, comment } from '../fake-cases';
import {
  afterPowerCut,
  fullDisk,
  hasSqlite,
  ids,
  large,
  message,
  newPath,
  openStore,
  sentOnce,
} from './stores';

(hasSqlite ? describe : () => {})('a full disk', function () {
  this.timeout(60_000);
  it('is said once, and messages are delivered from memory all the same', async () => {
    const { store, warnings } = fullDisk(newPath());
    const created: string[] = [];
    const service = asService({
      async create({ content, caseId }: RelatedItemRequest) {
        created.push(content?.comment?.body ?? '');
        const id = `item-${created.length}`;
        return { relatedItemId: id, relatedItemArn: arnOf(caseId, id) };
      },
      search: async () => ({ items: [] }),
      domainArn: async () => '',
      serverTime: Date.now,
    });
    const ends: End[] = [];
    let allEnded = () => {};
    const ended = new Promise<void>((resolve) => {
      allEnded = resolve;
    });
    const settings = {
      ...{ rate: 1000, burst: 1000, maxWaiting: 1000, deadlineSeconds: 0 },
      ...{ timeoutSeconds: 10, ambiguous: 'verify' as const },
    };
    const delivery = createDelivery(service, settings, {
      store,
      claims: new Claims(),
      domainNodeId: 'domain',
      recipient: {
        doing: () => {},
        ended(_message, end) {
          ends.push(end);
          if (ends.length === 20) allEnded();
          return undefined;
        },
      },
    });
    for (let index = 0; index < 20; index += 1) {
      const input = comment(`${index}`, `c${index}`);
      delivery.accept({ nodeId: 'node', msg: large('x').msg, rules: rulesOf(input), input });
    }
    await ended;
    assert.ok(ends.every((end) => 'delivered' in end));
    assert.equal(created.length, 20);
    assert.equal(store.durable, false);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /full.*go on from memory/);
    await delivery.close(0);
    await store.close();
  });

  it('takes nothing from the next delivery of the same process', async () => {
    const path = newPath();
    const { store } = fullDisk(path);
    for (const id of ['1', '2', '3']) store.add(large(id));
    await store.sending(sentOnce('2', 1, 5));
    store.remove('3');
    const loaded = await store.load('domain');
    assert.deepEqual(ids(loaded), ['1', '2']);
    assert.equal(loaded[1]?.doubt?.lastSentAt, 5);
    assert.deepEqual(loaded[1]?.msg, large('2').msg);
    assert.deepEqual(await store.load('another'), []);
    await store.close();
  });

  it('that has space again gets all that is not delivered by then', async () => {
    const path = newPath();
    const { store } = fullDisk(path);
    store.add(large('1'));
    await store.settled();
    assert.equal(store.durable, false);
    writeFileSync(`${path}.space`, '');
    store.add(message('2'));
    await store.close();
    const again = openStore(path).store;
    assert.deepEqual(ids(await again.load('domain')), ['1', '2']);
    await again.close();
  });

  it('gets all when Node-RED stops, however long it was to be until the next try; what it can not take is told', async () => {
    for (const space of [true, false]) {
      const path = newPath();
      const { store, warnings } = fullDisk(path);
      for (const id of ['1', '2']) store.add(large(id));
      await store.settled();
      if (space) writeFileSync(`${path}.space`, '');
      await store.leave();
      assert.deepEqual(await afterPowerCut(path), space ? ['1', '2'] : []);
      assert.match(
        warnings.join(),
        space
          ? /are kept in .* again\.$/
          : /2 waiting messages could not be written to .* lost if Node-RED stops/,
      );
      await store.close();
    }
  });

  describe('that has space again while Node-RED runs', () => {
    let clock: Clock & { uninstall(): void };
    beforeEach(() => {
      clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => clock.uninstall());

    /** A store that could not write message 1, and tries again in ten seconds; whether there is space then is up to the test. */
    async function failing() {
      const path = newPath();
      const { store, warnings } = fullDisk(path);
      store.add(large('1'));
      while (warnings.length === 0) await nextTurn();
      return { path, store, warnings, makeSpace: () => writeFileSync(`${path}.space`, '') };
    }

    it('gets what comes while it is written again', async () => {
      const { path, store, makeSpace } = await failing();
      makeSpace();
      clock.tick(10_000);
      for (let count = 2; !store.durable; count += 1) {
        store.add(message(`${count}`));
        await nextTurn();
      }
      const expected = ids(await store.load('domain'));
      await store.settled();
      assert.deepEqual(await afterPowerCut(path), expected);
      await store.close();
    });

    it('is written to again though nothing waited when that was tried', async () => {
      const { path, store, makeSpace } = await failing();
      store.remove('1');
      clock.tick(200);
      await store.settled();
      clock.tick(10_000);
      await store.settled();
      makeSpace();
      clock.tick(20_000);
      while (!store.durable) await nextTurn();
      store.add(large('2'));
      await store.settled();
      assert.deepEqual(await afterPowerCut(path), ['2']);
      await store.close();
    });

    it('has all for the next delivery, which reads while it is written again', async () => {
      const { store, makeSpace } = await failing();
      makeSpace();
      const loading = store.load('domain');
      await Promise.resolve();
      clock.tick(10_000);
      assert.deepEqual(ids(await loading), ['1']);
      await store.close();
    });

    it('has nothing that was removed, however much can be written at a time', async () => {
      const path = newPath();
      const { store, warnings } = fullDisk(path);
      const removed = Array.from({ length: 200 }, (_, index) => `m${index}`);
      await store.lastRunAt();
      for (const id of removed) store.add(large(id));
      // More come while the first commit fails, and theirs fails, too.
      while (warnings.length === 0) {
        removed.push(`m${removed.length}`);
        store.add(large(String(removed.at(-1))));
        clock.tick(1);
        await nextTurn();
      }
      await store.settled();
      store.add(message('stays'));
      clock.tick(10_000 - removed.length);
      for (const id of removed) {
        store.remove(id);
        void store.settled();
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        clock.tick(2);
      }
      await store.settled();
      writeFileSync(`${path}.space`, '');
      while (!store.durable) {
        clock.tick(1000);
        await nextTurn();
      }
      await store.settled();
      assert.deepEqual(await afterPowerCut(path), ['stays']);
      await store.close();
    });
  });
});
