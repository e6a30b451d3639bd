import assert from 'node:assert/strict';
import { memoryStore } from '../../../src/delivery/store/memory-store';
import type { MessageStore, StoredMessage } from '../../../src/delivery/store/message-store';
import { Paper, PaperStore } from '../paper-store';
import { hasSqlite, message, newPath, openStore, sentOnce } from './stores';

/** Something that stores are opened on, one after the other. */
interface Kind {
  readonly name: string;
  /** Gives what opens a store, in a new process, on one and the same medium. */
  readonly medium: () => () => MessageStore;
}

const clock = {
  get now() {
    return performance.now();
  },
  setTimeout: (run: () => void, delayMs: number) => setTimeout(run, delayMs),
};

const onPaper: Kind = {
  name: 'the one of other tests, on paper',
  medium: () => {
    const paper = new Paper();
    return () => new PaperStore(paper, clock, 1);
  },
};
const onDisk: Kind = {
  name: 'the one on disk',
  medium: () => {
    const path = newPath();
    return () => openStore(path).store;
  },
};
const inMemory: Kind = { name: 'the one in memory', medium: () => () => memoryStore };

const keeping = hasSqlite ? [onDisk, onPaper] : [onPaper];
const ids = (messages: readonly StoredMessage[]) => messages.map(({ id }) => id);
const loadedOf = async (store: MessageStore, id: string) =>
  (await store.load('domain')).find((each) => each.id === id);

for (const { name, medium } of [...keeping, inMemory]) {
  describe(`a store, ${name}`, () => {
    it('takes whatever happens to a message, and rejects nothing', async () => {
      const store = medium()();
      store.add(message('1'));
      await store.sending(sentOnce('1', 1, 5));
      store.notCarriedOut(['1']);
      store.ended('1', { result: 1 });
      store.note('key', 'value', 1000);
      store.remove('1');
      store.remove('never there');
      await store.settled();
      assert.deepEqual(await store.load('domain'), []);
      await store.close();
    });

    it('has a clock near that of the machine, which does not go back', async () => {
      const store = medium()();
      const before = store.now();
      assert.ok((await store.lastRunAt()) <= before);
      assert.ok(store.now() >= before);
      await store.close();
    });

    it('says whether the next delivery gets what this one leaves', async () => {
      const store = medium()();
      store.add(message('1'));
      assert.deepEqual(ids(await store.load('domain')), store.handsOver ? ['1'] : []);
      await store.close();
    });
  });
}

for (const { name, medium } of keeping) {
  describe(`a store that keeps, ${name}`, () => {
    it('has what was left, in its order, with how it is to be delivered', async () => {
      const open = medium();
      const first = open();
      first.add(message('b', { merge: true }));
      first.add(message('a', { keep: true }));
      first.add(message('c', { domainNodeId: 'another' }));
      await first.settled();
      await first.close();
      const second = open();
      const [b, a] = await second.load('domain');
      assert.deepEqual([b?.id, b?.merge, b?.keep], ['b', true, undefined]);
      assert.deepEqual([a?.id, a?.merge, a?.keep], ['a', undefined, true]);
      assert.deepEqual(ids(await second.load('another')), ['c']);
      assert.ok((await second.lastRunAt()) > Number.NEGATIVE_INFINITY);
      await second.close();
    });

    it('knows which messages share the request in doubt, and since when', async () => {
      const open = medium();
      const first = open();
      for (const id of ['1', '2']) first.add(message(id, { merge: true }));
      const messages = [
        { id: '1', attempts: 2 },
        { id: '2', attempts: 1 },
      ];
      const notMine = [{ itemId: 'item-1', owner: '3' }];
      await first.sending({ messages, firstSentAt: 5, lastSentAt: 7, notMine });
      await first.close();
      const second = open();
      const doubt = { firstSentAt: 5, lastSentAt: 7, packedWith: '1', notMine };
      assert.deepEqual(
        (await second.load('domain')).map((each) => [each.attempts, each.doubt]),
        [
          [2, doubt],
          [1, doubt],
        ],
      );
      second.notCarriedOut(['1']);
      await second.settled();
      const [one, two] = await second.load('domain');
      assert.deepEqual([one?.attempts, one?.doubt, two?.doubt], [2, undefined, doubt]);
      await second.close();
    });

    it('takes infinity for a time that nobody knows', async () => {
      const open = medium();
      const first = open();
      first.add(message('1'));
      await first.sending({ ...sentOnce('1', 1, 5), lastSentAt: Number.POSITIVE_INFINITY });
      await first.close();
      const second = open();
      assert.equal((await loadedOf(second, '1'))?.doubt?.lastSentAt, Number.POSITIVE_INFINITY);
      await second.close();
    });

    it('gives a message whose end is known to the next process alone, with its end', async () => {
      const open = medium();
      const first = open();
      first.add(message('1'));
      const end = { error: { code: 'EXPIRED', message: 'late', details: { created: 'no' } } };
      first.ended('1', end);
      await first.settled();
      assert.deepEqual(await first.load('domain'), []);
      await first.close();
      const second = open();
      assert.deepEqual((await loadedOf(second, '1'))?.end, end);
      second.remove('1');
      assert.deepEqual(await second.load('domain'), []);
      await second.close();
    });

    it('has notes until they count no more, each the last of its key', async () => {
      const open = medium();
      const first = open();
      first.note('a', { old: true }, 60_000);
      first.note('a', { at: new Date(5) }, 60_000);
      first.note('b', 1, 0);
      await first.settled();
      await first.close();
      const second = open();
      const [note, ...more] = await second.notes();
      assert.deepEqual([note?.key, note?.value, more], ['a', { at: new Date(5) }, []]);
      assert.ok(note && note.leftMs > 0 && note.leftMs <= 60_000);
      await second.close();
    });

    it('has a clock that goes on where it stood', async () => {
      const open = medium();
      const first = open();
      first.add(message('1'));
      await first.settled();
      const before = first.now();
      await first.close();
      const second = open();
      await second.lastRunAt();
      assert.ok(second.now() >= before);
      await second.close();
    });
  });
}
