import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { countedFlow, describeWithSqlite, Restartable } from '../support/restartable';

const [freezer] = demo.cases;
const message = { id: 'message-1', caseId: freezer.id, payload: 'Too warm' };
const toItsEpoch = -Date.now();

describeWithSqlite('messages with a deadline on a machine without a clock of its own', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let nodeRed: Restartable;
  beforeEach(async () => {
    emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
    emulator.behave({ offline: true });
  });
  afterEach(async () => {
    await nodeRed.remove();
    await emulator.close();
  });

  const flow = (deadlineSeconds: number) =>
    countedFlow(emulator.url, 'comment', { domain: { store: 'disk', deadlineSeconds, ambiguous: 'resend' } });

  /** Starts Node-RED after the `boot`th start of its machine, whose date is off by so many milliseconds. */
  const start = async (boot: number, offBy: number) => {
    nodeRed.env = {
      NODE_OPTIONS: `--require ${resolve(__dirname, 'clocks.cjs')}`,
      TZ: 'UTC',
      BOOT: `boot-${boot}`,
      DATE_OFF_BY: `${offBy}`,
      DATE_IS_SET: join(nodeRed.userDir, `date-${boot}`),
    };
    await nodeRed.start();
    assert.equal(/^ *1 Jan /m.test(nodeRed.log), offBy !== 0, nodeRed.log);
  };
  const setDate = (boot: number) => writeFileSync(join(nodeRed.userDir, `date-${boot}`), '');
  const accepted = async () => {
    await nodeRed.post(message);
    await nodeRed.written(message.id);
  };
  const delivered = async () => {
    emulator.behave({ offline: false });
    const [result] = await nodeRed.resultsOf(1);
    assert.equal(result?.error, undefined);
    assert.match(String(result?.payload), /^arn:/);
  };

  it('do not expire because the date leaps from 1970 to today while they wait', async () => {
    nodeRed = await Restartable.with(flow(3600));
    await start(1, toItsEpoch);
    await accepted();
    setDate(1);
    await nodeRed.post({ ...message, id: 'message-2' });
    await nodeRed.written('message-2');
    await delivered();
  });

  it('do not expire because the machine was off in 1970 and is on again today', async () => {
    nodeRed = await Restartable.with(flow(3600));
    await start(1, toItsEpoch);
    await accepted();
    await nodeRed.kill();
    await start(2, 0);
    await delivered();
  });

  it('expire though the machine is on again in 1970', async () => {
    nodeRed = await Restartable.with(flow(8));
    await start(1, 0);
    await accepted();
    await nodeRed.kill();
    await start(2, toItsEpoch);
    const [result] = await nodeRed.resultsOf(1);
    assert.equal(result?.error?.code, 'EXPIRED');
  });
});
