import assert from 'node:assert/strict';
import type { DeliveryState } from '../../src/delivery/delivery';
import { NotTheService } from '../../src/delivery/service/network-errors';
import { comment, ending, setUp, socketError } from './fake-cases';

describe('while the service cannot be reached', () => {
  it('one request at a time finds out, less and less often, and nothing is lost', async () => {
    const { time, cases, delivery, warnings } = setUp();
    cases.fateOfCreate = () => 'offline';
    const states: DeliveryState[] = [];
    const all = Array.from({ length: 100 }, (_, index) =>
      ending(
        delivery.deliver(comment(`${index}`, `case ${index}`), { onState: (state) => states.push(state) }),
      ),
    );
    await time.tickAsync(1000);
    assert.equal(delivery.state, 'offline');
    assert.ok(states.includes('offline'));
    assert.deepEqual(warnings, ["The service can't be reached (ECONNREFUSED). Messages wait meanwhile."]);
    const atOnce = cases.creates;
    await time.tickAsync(10 * 60_000);
    assert.ok(
      cases.creates - atOnce >= 10 && cases.creates - atOnce <= 40,
      `${cases.creates - atOnce} probes`,
    );
    cases.fateOfCreate = () => 'ok';
    const before = cases.creates;
    await time.tickAsync(31_000);
    assert.equal(delivery.state, 'idle');
    assert.equal(cases.creates - before, 100);
    assert.ok(all.every(({ value }) => value));
    assert.equal(warnings.length, 1, 'the reason is said once');
  });

  it('the reason is said once a day: in an outage of a week, and in another one months later', async () => {
    const { time, cases, delivery, warnings } = setUp();
    const day = 24 * 3600_000;
    cases.fateOfCreate = () => 'offline';
    void delivery.deliver(comment('a'));
    for (let days = 0; days < 7; days += 1) {
      await time.tickAsync(60_000);
      time.jump(day);
    }
    assert.equal(warnings.length, 7);
    cases.fateOfCreate = () => 'ok';
    await time.tickAsync(60_000);
    assert.deepEqual(cases.bodies(), ['a']);
    time.jump(90 * day);
    cases.fateOfCreate = () => 'offline';
    void delivery.deliver(comment('b'));
    await time.tickAsync(60_000);
    assert.deepEqual(warnings, new Array(8).fill(warnings[0]));
  });

  it('is at full pace as soon as one request came through', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = (_request, count) => (count <= 32 ? 'offline' : 'ok');
    for (let index = 0; index < 32; index += 1) void delivery.deliver(comment('x', `${index}`));
    await time.runAllAsync();
    const [probe = 0, next = 0] = cases.sentAt.slice(32);
    assert.ok(next - probe <= cases.latencyMs + 1);
    assert.equal(cases.items.length, 32);
  });

  it('an answer that is an error is an answer', async () => {
    const { time, cases, delivery } = setUp({ ambiguous: 'fail' });
    cases.fateOfCreate = (_request, count) => (count === 1 ? 'offline' : '500');
    void delivery.deliver(comment('a')).catch(() => undefined);
    await time.tickAsync(2000);
    assert.equal(delivery.state, 'idle');
  });

  it('says once that a certificate is not accepted', async () => {
    const { time, cases, delivery, warnings } = setUp();
    cases.fateOfCreate = (_request, count) =>
      count <= 5 ? socketError('DEPTH_ZERO_SELF_SIGNED_CERT') : 'ok';
    void delivery.deliver(comment('a'));
    await time.runAllAsync();
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /certificate/);
    assert.deepEqual(cases.bodies(), ['a']);
  });

  it('a message that a gateway in between refuses for what it says does not hold up the others', async () => {
    const { time, cases, delivery, warnings } = setUp();
    cases.fateOfCreate = ({ caseId }) => (caseId === 'refused' ? new NotTheService(403) : 'ok');
    const refused = ending(delivery.deliver(comment('<script>', 'refused')));
    await time.tickAsync(5000);
    const others = Array.from({ length: 100 }, (_, index) =>
      ending(delivery.deliver(comment('a', `case ${index}`))),
    );
    await time.tickAsync(60_000);
    assert.equal(others.filter(({ value }) => value).length, 100);
    assert.deepEqual(refused, {}, 'it waits, as without a network');
    assert.equal(warnings.length, 1);
    cases.fateOfCreate = () => 'ok';
    await time.runAllAsync();
    assert.ok(refused.value);
  });

  it('a delivery that is closed does not wait for the network', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'offline';
    const result = ending(delivery.deliver(comment('a')));
    await time.tickAsync(5000);
    const closed = ending(delivery.close(10));
    await time.tickAsync(1);
    assert.equal(result.error?.code, 'CLOSED');
    assert.equal(result.error?.created, 'no');
    assert.ok('value' in closed);
  });
});
