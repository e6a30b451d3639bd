import assert from 'node:assert/strict';
import { describeWithSqlite } from '../support/restartable';
import { hasMosquitto } from './mosquitto';
import { type Shared, shareAlarms } from './shared-alarms';

describeWithSqlite('the example for several Node-REDs that share alarms, with a real Mosquitto', function () {
  this.timeout(300_000);
  let came: Shared;

  before(async function () {
    if (!hasMosquitto) {
      if (process.env.CI) throw new Error('Mosquitto is not installed.');
      console.log('    Mosquitto is not installed: skipped.');
      this.skip();
    }
    came = await shareAlarms();
  });

  it('has each alarm once, although one process was killed and started again, and another moved', () => {
    assert.deepEqual(came.lost, []);
    assert.deepEqual(came.doubled, []);
  });

  it('has one case for each device, with its alarms alone', () => {
    assert.equal(came.cases, came.devices);
    assert.deepEqual(came.inForeignCase, []);
  });

  it("uses the account's quota together", () => {
    console.log(`      ${Math.round(came.quotaUsed * 100)} % of the quota in ${came.seconds.toFixed(1)} s`);
    assert.ok(came.quotaUsed >= 0.9);
  });
});
