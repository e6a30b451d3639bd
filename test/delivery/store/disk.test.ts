import assert from 'node:assert/strict';
import fs, {
  chmodSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { mock } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { loadSqlite } from '../../../src/delivery/store/disk/file/sqlite';
import { SqliteFile } from '../../../src/delivery/store/disk/file/sqlite-file';
import type { StoredMessage } from '../../../src/delivery/store/message-store';
import { hasSqlite, ids, message, newFolder, newPath, openStore, sentOnce } from './stores';

/** What it says, whatever object says it. */
const plain = (stored: StoredMessage): StoredMessage => ({ ...stored, msg: stored.msg, input: stored.input });

const withSqlite = hasSqlite ? describe : () => {};

describe('messages on disk', () => {
  it('are kept in memory where Node.js has no SQLite or the folder is not there, and the store says so', async () => {
    const { store, warnings } = openStore(join(newFolder(), hasSqlite ? 'missing/file' : 'file'));
    store.add(message('1'));
    await store.sending(sentOnce('1', 1, 0));
    assert.deepEqual(ids(await store.load('domain')), ['1'], 'the next delivery of the process has it');
    assert.equal(store.durable, false);
    assert.match(warnings.join(), hasSqlite ? /in memory only.*missing/ : /in memory only.*no SQLite/);
    await store.close();
  });
});

withSqlite('messages on disk, with SQLite', function () {
  this.timeout(60_000);
  it('come back after the store was closed, in the order in which they came', async () => {
    const path = newPath();
    const { store } = openStore(path);
    for (const id of ['b', 'a', 'c']) store.add(message(id));
    await store.close();
    const again = openStore(path).store;
    assert.deepEqual(
      (await again.load('domain')).map(plain),
      ['b', 'a', 'c'].map((id) => message(id)),
    );
    await again.close();
  });

  it('come back to the domain node that they wait for', async () => {
    const { store } = openStore(newPath());
    store.add(message('1', { domainNodeId: 'one' }));
    store.add(message('2', { domainNodeId: 'other' }));
    assert.deepEqual(ids(await store.load('other')), ['2']);
    await store.close();
  });

  it('say how often they were sent, and when last', async () => {
    const path = newPath();
    const { store } = openStore(path);
    store.add(message('1'));
    await store.sending(sentOnce('1', 3, 1_700_000_000_500));
    await store.close();
    const again = openStore(path).store;
    assert.deepEqual((await again.load('domain')).map(plain), [
      message('1', {
        attempts: 3,
        doubt: {
          firstSentAt: 1_700_000_000_500,
          lastSentAt: 1_700_000_000_500,
          packedWith: '1',
          notMine: [],
        },
      }),
    ]);
    await again.close();
  });

  it('are gone once their results were handed on', async () => {
    const { store } = openStore(newPath());
    store.add(message('1'));
    store.add(message('2'));
    await store.settled();
    store.remove('1');
    assert.deepEqual(ids(await store.load('domain')), ['2']);
    await store.close();
  });

  it('are all read back where there are more than one page of them, and none that came meanwhile', async () => {
    const { store } = openStore(newPath());
    const many = Array.from({ length: 1234 }, (_, index) => `${index}`);
    for (const id of many) store.add(message(id));
    const loading = store.load('domain');
    await store.settled();
    store.add(message('later'));
    assert.deepEqual(ids(await loading), many);
    await store.close();
  });

  it('are what any changes in any order make of them', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      fc.record({ do: fc.constant('add' as const), id }),
      fc.record({ do: fc.constant('sending' as const), id }),
      fc.record({ do: fc.constant('remove' as const), id }),
      fc.record({ do: fc.constant('wait' as const), id }),
    );
    const { store } = openStore(newPath());
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        run += 1;
        const expected = new Map<string, number>();
        const used = new Set<string>(); // Ids are unique for ever.
        for (const [index, { do: what, id: name }] of steps.entries()) {
          const full = `${run}-${name}`;
          if (what === 'wait') await store.settled();
          else if (what === 'add' && !used.has(full)) {
            used.add(full);
            expected.set(full, 0);
            store.add(message(full));
          } else if (what === 'sending' && expected.has(full)) {
            expected.set(full, index + 1);
            void store.sending(sentOnce(full, index + 1, index));
          } else if (what === 'remove' && expected.delete(full)) store.remove(full);
        }
        const found = await store.load('domain');
        assert.deepEqual(
          found.map(({ id: name, attempts }) => [name, attempts]),
          [...expected],
        );
        for (const full of expected.keys()) store.remove(full);
      }),
      { numRuns: 200 },
    );
    await store.close();
  });

  describe('hold the message as it was', () => {
    const back = async (msg: unknown) => {
      const path = newPath();
      const first = openStore(path);
      first.store.add(message('1', { msg }));
      await first.store.close();
      const second = openStore(path);
      const [loaded] = await second.store.load('domain');
      await second.store.close();
      return { msg: loaded?.msg as Record<string, unknown>, warnings: first.warnings };
    };

    it('with Buffers, Dates, Maps, and circles', async () => {
      const msg: Record<string, unknown> = {
        payload: Buffer.from('bytes'),
        when: new Date(5),
        map: new Map([['a', 1]]),
      };
      msg.self = msg;
      const { msg: found, warnings } = await back(msg);
      assert.ok(Buffer.isBuffer(found.payload));
      assert.deepEqual(found, msg);
      assert.deepEqual(warnings, []);
    });

    it('but for functions, sockets and the like, and say so once', async () => {
      const socket = new (require('node:net').Socket)();
      const msg = runInNewContext('({ payload: { a: 1, f() {} }, list: [1, () => 2] })');
      const { msg: found, warnings } = await back(
        Object.assign(msg, { _msgid: 'x', req: { socket }, res: socket }),
      );
      assert.deepEqual(
        { ...found, req: undefined },
        { _msgid: 'x', payload: { a: 1 }, list: [1], req: undefined },
      );
      assert.match(warnings.join(), /msg\.req/);
      assert.equal(warnings.length, 1);
    });

    it('but where it is over 1 MB: then its id alone', async () => {
      const { msg, warnings } = await back({ _msgid: 'big', payload: Buffer.alloc(2 ** 20) });
      assert.deepEqual(msg, { _msgid: 'big' });
      assert.match(warnings.join(), /1 MB/);
    });
  });

  it('have notes beside them that take no space when they count no more', async () => {
    const path = newPath();
    const { store } = openStore(path);
    const large = 'x'.repeat(10_000);
    for (let index = 0; index < 200; index += 1) {
      store.note(`failure ${index}`, large, 60_000);
      await store.settled();
      store.note(`failure ${index}`, undefined, 0);
    }
    await store.settled();
    assert.deepEqual(await store.notes(), []);
    const copy = newFolder();
    cpSync(dirname(path), copy, { recursive: true });
    const database = new (loadSqlite() as NonNullable<ReturnType<typeof loadSqlite>>).DatabaseSync(
      join(copy, 'waiting.sqlite'),
    );
    assert.deepEqual(database.prepare('SELECT count(*) AS notes FROM notes').get()?.notes, 0);
    database.close();
    await store.close();
  });

  it('cost little to write down: an SD card wears with each byte', async () => {
    const path = newPath();
    const { store } = openStore(path);
    await store.settled();
    const written = () => statSync(`${path}-wal`).size;
    const before = written();
    const messages = 30;
    for (let index = 0; index < messages; index += 1) {
      const id = `5e0b5a0e-6a1e-4a37-9f6c-0123456789ab-${index}`;
      store.add(message(id));
      await store.settled();
      await store.sending(sentOnce(id, 1, 1));
      store.remove(id);
      await store.settled();
    }
    const bytes = (written() - before) / messages;
    assert.ok(bytes < 16_000, `${bytes}`);
    await store.close();
  });

  it('can be read by the owner of the file alone', async () => {
    const path = newPath();
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    const { store } = openStore(path);
    store.add(message('1'));
    await store.settled();
    for (const name of readdirSync(dirname(path)))
      assert.equal(statSync(join(dirname(path), name)).mode & 0o777, 0o600, name);
    await store.close();
  });

  it('are kept also on a drive whose files belong to somebody else, such as a Windows share', () => {
    const refuse = () => {
      throw new Error('EPERM: operation not permitted, chmod');
    };
    const { mock: change } = mock.method(fs, 'chmodSync', refuse, { times: 1 });
    const file = new SqliteFile(newPath());
    assert.equal(change.callCount(), 1);
    file.close();
  });

  it('are in a file that needs no memory shared by processes, which network drives do not have', async () => {
    const path = newPath();
    for (const id of ['1', '2']) {
      const { store } = openStore(path);
      store.add(message(id));
      await store.settled();
      assert.deepEqual(readdirSync(dirname(path)).sort(), ['waiting.sqlite', 'waiting.sqlite-wal']);
      await store.close();
    }
  });

  it('are in the file of one Node-RED at a time; another says so and keeps them in memory', async () => {
    const path = newPath();
    const first = openStore(path);
    first.store.add(message('1'));
    await first.store.settled();
    const second = openStore(path);
    second.store.add(message('2'));
    await second.store.sending(sentOnce('2', 1, 0));
    assert.match(second.warnings.join(), /in memory only.*another Node-RED.*user directory/);
    assert.equal(second.store.durable, false);
    assert.deepEqual(ids(await second.store.load('domain')), ['2'], 'and none of the other');
    await second.store.close();
    assert.deepEqual(ids(await first.store.load('domain')), ['1']);
    await first.store.close();
  });

  it('survive a power cut at any moment: what was told as kept is in the file as it is then', async () => {
    const path = newPath();
    const { store } = openStore(path);
    const kept: string[] = [];
    let sent = 0;
    for (let round = 0; round < 20; round += 1) {
      for (let count = 0; count < 10; count += 1) {
        const id = `${sent}`;
        sent += 1;
        store.add(message(id));
        void store.sending(sentOnce(id, 1, 1)).then(() => kept.push(id));
      }
      await new Promise(setImmediate);
      const known = [...kept];
      const copy = newFolder();
      cpSync(dirname(path), copy, { recursive: true });
      const { store: restarted } = openStore(join(copy, 'waiting.sqlite'));
      const found = new Set(ids(await restarted.load('domain')));
      assert.deepEqual(
        known.filter((id) => !found.has(id)),
        [],
      );
      await restarted.close();
    }
    assert.ok(kept.length > 0);
    await store.close();
  });

  describe('in a damaged file', () => {
    const filled = async (count: number) => {
      const path = newPath();
      const { store } = openStore(path);
      for (let index = 0; index < count; index += 1) store.add(message(`${index}`));
      await store.close();
      return path;
    };
    const asideOf = (path: string) => readdirSync(dirname(path)).find((name) => name.includes('.damaged-'));

    it('go on as far as they can be read, and the file is put aside by name', async () => {
      const path = await filled(2000);
      const whole = statSync(path).size;
      truncateSync(path, Math.floor(whole / 2));
      const { store, warnings } = openStore(path);
      const found = ids(await store.load('domain'));
      assert.ok(found.length > 500 && found.length < 2000, `${found.length}`);
      assert.match(warnings.join(), new RegExp(`damaged.*${found.length} waiting messages`));
      assert.ok(warnings.join().includes(asideOf(path) as string));
      await store.close();
    });

    it('go on around a page in its middle that was overwritten', async () => {
      const path = await filled(2000);
      const bytes = readFileSync(path);
      const page = Math.floor(bytes.indexOf('payload of 1000') / 4096) * 4096;
      bytes.fill(0xff, page, page + 4096);
      writeFileSync(path, bytes);
      const { store } = openStore(path);
      const found = ids(await store.load('domain'));
      assert.ok(found.length > 1900 && found.length < 2000, `${found.length}`);
      await store.close();
    });

    it('go on around values that are not what was written, which the log counts, and so do notes', async () => {
      const path = await filled(5);
      const { store: first } = openStore(path);
      for (const key of ['a', 'b']) first.note(key, key, 60_000);
      await first.close();
      const database = new (loadSqlite() as NonNullable<ReturnType<typeof loadSqlite>>).DatabaseSync(path);
      database.exec(`UPDATE messages SET ended = x'00' WHERE id = '0';
        UPDATE messages SET firstSentAt = 1, lastSentAt = 1, packedWith = '1', notMine = '[' WHERE id = '1';
        UPDATE messages SET input = x'00' WHERE id = '2';
        UPDATE notes SET value = x'00' WHERE id = 'note a'`);
      database.close();
      const { store, warnings } = openStore(path);
      assert.deepEqual(ids(await store.load('domain')), ['3', '4']);
      assert.deepEqual(
        (await store.notes()).map(({ key }) => key),
        ['b'],
      );
      assert.match(warnings.join(), /^3 of the waiting messages .* can't be read and stay there/);
      await store.close();
    });

    it('go on where it is damaged while Node-RED runs, which the log says, and new ones are kept', async () => {
      for (const share of [0.5, 0]) {
        // More than SQLite has in memory.
        const path = await filled(12_000);
        const { store, warnings } = openStore(path);
        await store.lastRunAt();
        truncateSync(path, Math.floor((share * statSync(path).size) / 4096) * 4096);
        for (const id of ['1', '2', '3']) store.remove(id);
        store.add(message('new'));
        await store.settled();
        assert.equal(store.durable, true);
        const found = ids(await store.load('domain'));
        assert.equal(found.at(-1), 'new');
        assert.ok(share === 0 || found.length > 500, `${found.length}`);
        assert.match(warnings.join(), share ? /damaged.*waiting messages could be read/ : /was emptied/);
        const copy = newFolder();
        cpSync(dirname(path), copy, { recursive: true });
        const { store: restarted } = openStore(join(copy, 'waiting.sqlite'));
        assert.deepEqual(ids(await restarted.load('domain')), found);
        await restarted.close();
        await store.close();
      }
    });

    it('go on from memory where it is deleted while Node-RED runs, which the log says', async () => {
      const path = await filled(3);
      const { store, warnings } = openStore(path);
      await store.lastRunAt();
      rmSync(path);
      store.add(message('new'));
      await store.settled();
      assert.equal(store.durable, false);
      assert.match(warnings.join(), /can't be written to .* \(it was deleted\): they go on from memory/);
      assert.deepEqual(ids(await store.load('domain')), ['0', '1', '2', 'new']);
      await store.close();
    });

    it('are none where the file is something else; new ones are kept', async () => {
      const path = newPath();
      writeFileSync(path, 'not a database at all, but a text of some length');
      const { store, warnings } = openStore(path);
      store.add(message('1'));
      assert.deepEqual(ids(await store.load('domain')), ['1']);
      assert.match(warnings.join(), /damaged/);
      assert.equal(readFileSync(join(dirname(path), asideOf(path) as string), 'utf8').slice(0, 5), 'not a');
      await store.close();
    });
  });

  it('of a newer version of the package stay where they are', async () => {
    const path = newPath();
    const sqlite = loadSqlite();
    assert.ok(sqlite);
    const database = new sqlite.DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const { store, warnings } = openStore(path);
    await store.load('domain');
    assert.match(warnings.join(), /newer version/);
    assert.equal(store.durable, false);
    await store.close();
  });
});
