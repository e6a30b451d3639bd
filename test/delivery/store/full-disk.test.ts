import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { End } from '../../../src/delivery/delivery';
import { createDelivery } from '../../../src/delivery/queue';
import { DiskStore } from '../../../src/delivery/store/disk/disk-store';
import { Claims } from '../../../src/delivery/verify/claims';
import { asService, type RelatedItemRequest, rulesOf } from '../../support/item-delivery';
import { arnOf, comment } from '../fake-cases';
import { hasSqlite, message, newPath, openStore, sentOnce } from './stores';

/** A store whose disk is full until `${path}.space` is there. */
function fullDisk(path: string) {
  const warnings: string[] = [];
  const thread = { file: resolve(__dirname, 'full-disk-thread.ts'), execArgv: ['--require', 'tsx/cjs'] };
  return { warnings, store: new DiskStore({ path, thread, onWarning: (text) => warnings.push(text) }) };
}

const ids = (messages: readonly { id: string }[]) => messages.map(({ id }) => id);

(hasSqlite ? describe : () => {})('a full disk', () => {
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
      delivery.accept({ nodeId: 'node', msg: {}, rules: rulesOf(input), input });
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
    for (const id of ['1', '2', '3']) store.add(message(id));
    await store.sending(sentOnce('2', 1, 5));
    store.remove('3');
    const loaded = await store.load('domain');
    assert.deepEqual(ids(loaded), ['1', '2']);
    assert.equal(loaded[1]?.doubt?.lastSentAt, 5);
    assert.deepEqual(loaded[1]?.msg, message('2').msg);
    assert.deepEqual(await store.load('another'), []);
    await store.close();
  });

  it('that has space again gets all that is not delivered by then', async () => {
    const path = newPath();
    const { store } = fullDisk(path);
    store.add(message('1'));
    await store.settled();
    assert.equal(store.durable, false);
    writeFileSync(`${path}.space`, '');
    store.add(message('2'));
    await store.close();
    const again = openStore(path).store;
    assert.deepEqual(ids(await again.load('domain')), ['1', '2']);
    await again.close();
  });
});
