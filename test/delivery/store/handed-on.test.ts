import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, install } from '@sinonjs/fake-timers';
import { hasSqlite, message, newFolder, newPath, openStore, sentOnce } from './stores';

const withSqlite = hasSqlite ? describe : () => {};

/** What a process would find in the file that is killed now. */
async function afterAKill(path: string): Promise<string[]> {
  const copy = newFolder();
  cpSync(dirname(path), copy, { recursive: true });
  const { store } = openStore(join(copy, 'waiting.sqlite'));
  const found = (await store.load('domain')).map(({ id }) => id);
  await store.close();
  return found;
}

withSqlite('messages on disk whose results have been handed on', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.uninstall());

  it('stay there until the next node has had time to have them kept in turn', async () => {
    const path = newPath();
    const { store } = openStore(path);
    store.add(message('alarm at the first node'));
    await store.settled();
    store.remove('alarm at the first node');
    store.add(message('another'));
    await store.sending(sentOnce('another', 1, 1));
    assert.deepEqual(await afterAKill(path), ['alarm at the first node', 'another']);
    store.add(message('alarm at the next node'));
    clock.tick(200);
    await store.sending(sentOnce('another', 2, 2));
    assert.deepEqual(await afterAKill(path), ['another', 'alarm at the next node']);
    await store.close();
  });

  it('are not there for the next delivery of this process', async () => {
    const { store } = openStore(newPath());
    for (const id of ['1', '2', '3']) store.add(message(id));
    await store.settled();
    store.remove('1');
    const loading = store.load('domain');
    store.remove('2');
    clock.tick(200);
    const loaded = (await loading).map(({ id }) => id);
    assert.deepEqual(loaded, ['3']);
    await store.close();
  });

  it('are gone at once where Node-RED ends in order', async () => {
    const path = newPath();
    const { store } = openStore(path);
    store.add(message('1'));
    await store.settled();
    store.remove('1');
    await store.settled();
    assert.deepEqual(await afterAKill(path), []);
    await store.close();
  });
});
