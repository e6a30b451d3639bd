import assert from 'node:assert/strict';
import fs, {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, install } from '@sinonjs/fake-timers';
import { SqliteFile } from '../../../src/delivery/store/disk/file/sqlite-file';
import {
  afterPowerCut,
  fullDisk,
  hasSqlite,
  ids,
  large,
  message,
  newFolder,
  newPath,
  openStore,
  sentOnce,
  untilDurable,
} from './stores';

(hasSqlite ? describe : () => {})('a file that can not be opened for a while', function () {
  this.timeout(60_000);
  let clock: Clock & { uninstall(): void };
  beforeEach(() => {
    clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.uninstall());

  it('is made as soon as its folder is there; what has waited in memory is written down then', async () => {
    const path = join(newFolder(), 'mounted', 'waiting.sqlite');
    const { store, warnings } = openStore(path);
    for (const id of ['1', '2', '3']) store.add(message(id));
    await store.sending(sentOnce('2', 1, 5));
    store.remove('1');
    assert.equal(store.durable, false);
    mkdirSync(dirname(path));
    await untilDurable(store, clock);
    store.add(message('4'));
    await store.settled();
    assert.deepEqual(await afterPowerCut(path), ['2', '3', '4']);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /in memory only.*mounted.* as soon as it can be opened/);
    assert.match(warnings[1] ?? '', /mounted.* can be used now/);
    await store.close();
  });

  it('is tried less and less often, and said to be missing once', async () => {
    const { store, warnings } = openStore(join(newFolder(), 'mounted', 'waiting.sqlite'));
    await store.settled();
    const delays: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const before = clock.now;
      clock.next();
      delays.push((clock.now - before) / 1000);
      await store.settled();
    }
    assert.deepEqual(delays, [10, 20, 40, 80, 160, 300, 300]);
    assert.equal(warnings.length, 1);
    await store.close();
  });

  it('gives what an earlier run has left to the delivery that runs then, each once, after what was noted', async () => {
    const path = join(newFolder(), 'mounted', 'waiting.sqlite');
    const folder = dirname(path);
    mkdirSync(folder);
    const earlier = openStore(path).store;
    for (const id of ['old 1', 'old 2']) earlier.add(message(id));
    earlier.add(message('of another', { domainNodeId: 'another' }));
    for (const key of ['paused', 'resumed']) earlier.note(key, true, 60_000);
    await earlier.close();
    renameSync(folder, `${folder}-away`);

    const { store } = openStore(path);
    const late: unknown[] = [];
    await store.notes((notes) => late.push(notes.map(({ key }) => key)));
    assert.deepEqual(await store.load('domain', () => late.push('a delivery that is closed')), []);
    store.add(message('new'));
    store.note('resumed', undefined, 0);
    assert.deepEqual(ids(await store.load('domain', (messages) => late.push(ids(messages)))), ['new']);
    renameSync(`${folder}-away`, folder);
    await untilDurable(store, clock);
    while (late.length < 2) await nextTurn();
    assert.deepEqual(late, [['paused'], ['old 1', 'old 2']]);
    assert.deepEqual(ids(await store.load('domain')), ['old 1', 'old 2', 'new']);
    assert.deepEqual(ids(await store.load('another')), ['of another']);
    await store.close();
  });

  it('is taken over from another Node-RED that has ended, with what that has left', async () => {
    const path = newPath();
    const first = openStore(path).store;
    first.add(message('of the first'));
    await first.settled();
    const { store, warnings } = openStore(path);
    const late: string[] = [];
    await store.load('domain', (messages) => late.push(...ids(messages)));
    store.add(message('of the second'));
    assert.match(warnings.join(), /used by another Node-RED/);
    await first.close();
    await untilDurable(store, clock);
    assert.deepEqual(late, ['of the first']);
    assert.deepEqual(await afterPowerCut(path), ['of the first', 'of the second']);
    await store.close();
  });

  it('is there again, with all that it had, where it was deleted while Node-RED runs', async () => {
    const path = newPath();
    const { store } = openStore(path);
    for (const id of ['1', '2']) store.add(message(id));
    await store.settled();
    for (const name of readdirSync(dirname(path))) rmSync(join(dirname(path), name));
    store.remove('1');
    store.add(message('3'));
    await store.settled();
    assert.equal(store.durable, false);
    await untilDurable(store, clock);
    store.add(message('4'));
    await store.settled();
    assert.deepEqual(await afterPowerCut(path), ['2', '3', '4']);
    for (const name of readdirSync(dirname(path)))
      assert.equal(statSync(join(dirname(path), name)).mode & 0o777, 0o600, name);
    await store.close();
  });

  it('still has all where it was deleted and can not be put back at once', async () => {
    const path = newPath();
    const { store } = openStore(path);
    store.add(message('1'));
    await store.close();
    const file = new SqliteFile(path);
    rmSync(path);
    const rename = mock.method(fs, 'renameSync', () => {
      throw new Error('The disk is read-only.');
    });
    assert.throws(() => file.putBack(), /read-only/);
    rename.mock.restore();
    file.putBack();
    assert.deepEqual(await afterPowerCut(path), ['1']);
  });

  for (const when of ['before the start', 'while Node-RED runs']) {
    it(`is put aside once there is space, where it was damaged ${when} and the disk is full`, async () => {
      const path = newPath();
      const earlier = openStore(path).store;
      for (let index = 0; index < 12_000; index += 1) earlier.add(message(`${index}`));
      await earlier.close();
      const damage = () => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096);
      if (when === 'before the start') damage();
      const { store, warnings } = fullDisk(path);
      await store.settled();
      if (when === 'while Node-RED runs') damage();
      store.add(large('new'));
      for (const id of ['1', '2', '3']) store.remove(id);
      await store.settled();
      while (warnings.length === 0) await nextTurn();
      assert.match(warnings.join(), /full/);
      assert.equal(store.durable, false);
      clock.tick(10_000);
      await store.settled();
      writeFileSync(`${path}.space`, '');
      await untilDurable(store, clock);
      const found = await afterPowerCut(path);
      assert.ok(found.length > 500, `${found.length}`);
      assert.equal(found.at(-1), 'new');
      assert.deepEqual(
        found.filter((id) => ['1', '2', '3'].includes(id)),
        [],
      );
      const files = readdirSync(dirname(path)).filter((name) => /damaged-\w+$/.test(name));
      assert.equal(files.length, 1, files.join());
      assert.match(warnings.join(), /damaged.*waiting messages could be read/);
      await store.close();
    });
  }
});
