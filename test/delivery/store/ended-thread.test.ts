import assert from 'node:assert/strict';
import { type Clock, install } from '@sinonjs/fake-timers';
import {
  afterPowerCut,
  dyingThread,
  hasSqlite,
  ids,
  message,
  newPath,
  sentOnce,
  untilDurable,
} from './stores';

(hasSqlite ? describe : () => {})('messages on disk whose thread ends', function () {
  this.timeout(30_000);
  let clock: Clock & { uninstall(): void };
  beforeEach(() => {
    clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.uninstall());

  for (const moment of ['before COMMIT', 'after COMMIT']) {
    it(`are written down by another, each once, where it ends ${moment}`, async () => {
      const path = newPath();
      const { store, warnings, endAt } = dyingThread(path);
      for (const id of ['old', 'removed before']) store.add(message(id));
      await store.settled();
      endAt(moment);
      for (const id of ['1', '2', 'removed after']) store.add(message(id));
      store.remove('removed before');
      await store.sending(sentOnce('2', 1, 5));
      assert.equal(store.durable, false);
      store.remove('removed after');
      store.add(message('3'));
      const expected = ['old', '1', '2', '3'];
      await untilDurable(store, clock);
      assert.deepEqual(
        ids(await store.load('domain')),
        expected,
        'the next delivery of the process has them',
      );
      assert.deepEqual(await afterPowerCut(path), expected);
      assert.equal(warnings.length, 2);
      assert.match(warnings[0] ?? '', /can't be written .*its thread ended.* go on from memory/);
      assert.match(warnings[1] ?? '', /are kept in .* again/);
      await store.close();
    });
  }

  it('are kept by another also where it ends while nothing is written', async () => {
    const path = newPath();
    const { store, warnings, endAt } = dyingThread(path);
    store.add(message('1'));
    await store.settled();
    endAt('before SELECT id, value, until FROM notes');
    await store.notes();
    assert.equal(store.durable, false);
    assert.match(warnings.join(), /its thread ended/);
    store.add(message('2'));
    await untilDurable(store, clock);
    assert.deepEqual(await afterPowerCut(path), ['1', '2']);
    await store.close();
  });

  it('are read as soon as another has opened the file, where it ends before that', async () => {
    const path = newPath();
    const earlier = dyingThread(path);
    earlier.store.add(message('old'));
    await earlier.store.close();
    earlier.endAt('before SELECT * FROM clock');
    const { store, warnings } = dyingThread(path);
    const late: string[] = [];
    assert.deepEqual(await store.load('domain', (messages) => late.push(...ids(messages))), []);
    assert.match(warnings.join(), /in memory only.*its thread ended/);
    await untilDurable(store, clock);
    assert.deepEqual(late, ['old']);
    await store.close();
  });

  it('are all in the file where Node-RED stops before that is tried', async () => {
    const path = newPath();
    const { store, endAt } = dyingThread(path);
    store.add(message('1'));
    await store.settled();
    endAt('before COMMIT');
    store.add(message('2'));
    await store.settled();
    await store.leave();
    assert.deepEqual(await afterPowerCut(path), ['1', '2']);
    await store.close();
  });
});
