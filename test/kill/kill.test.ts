import assert from 'node:assert/strict';
import { describeWithSqlite } from '../support/restartable';
import { faultsOf, type Round, runRounds, tableOf } from './table';

/** More: `npx tsx test/kill/index.ts 100`. */
const count = 10;

describeWithSqlite('200 messages at 20/s through a Node-RED that ends twice in the middle', function () {
  this.timeout(600_000);
  let rounds: readonly Round[];

  before(async () => {
    rounds = await runRounds(count);
    console.log(tableOf(rounds));
  });

  const none = (name: string) =>
    assert.deepEqual(
      rounds.flatMap((round) => faultsOf(round)[name] ?? []),
      [],
    );

  it('has each message that was accepted, once', () => {
    none('lost');
    none('doubled');
  });

  it('hands each result on, a second time only where the end came in the same moment', () => {
    none('without a result');
    none('refused');
    none('result twice for no reason');
  });

  it('has one case for each device', () => none('several cases'));

  it('was at work when it ended', () => {
    for (const { outcome } of rounds) assert.ok(outcome.accepted > 100);
  });
});
