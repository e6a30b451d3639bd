import assert from 'node:assert/strict';
import { answer, comment, ending, type Fate, setUp, socketError, throttled } from './fake-cases';

describe('what is sent again', () => {
  const notSent: [string, Fate][] = [
    ['the quota was used up', throttled()],
    ['the service throttles with another name', answer(400, 'RequestLimitExceeded')],
    ['the service is not available', answer(503, 'ServiceUnavailableException')],
    ['nobody listens', 'offline'],
    ['the name is not known', socketError('ENOTFOUND', 'getaddrinfo')],
    ['the network is gone', socketError('ENETUNREACH', 'connect')],
    ['the connection takes too long', socketError('ETIMEDOUT', 'connect')],
    ['the SDK gives up connecting', Object.assign(new Error('no connection'), { name: 'TimeoutError' })],
    ['the certificate is not accepted', socketError('CERT_HAS_EXPIRED')],
    ['the token has expired', answer(403, 'ExpiredTokenException')],
    ["the machine's clock is off", answer(403, 'RequestTimeTooSkewed')],
    ['the case is being merged', answer(409, 'ConflictException')],
    ['the proxy wants to know who we are', answer(407, 'ProxyAuthenticationRequired')],
  ];
  for (const [reason, fate] of notSent) {
    it(`${reason}: again, without looking it up`, async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = (_request, count) => (count <= 2 ? fate : 'ok');
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.value?.attempts, 3);
      assert.equal(result.value?.verified, false);
      assert.equal(cases.searches, 0);
      assert.deepEqual(cases.bodies(), ['a']);
    });
  }

  const refused: [number, string, string][] = [
    [400, 'ValidationException', 'VALIDATION'],
    [402, 'ServiceQuotaExceededException', 'QUOTA_EXCEEDED'],
    [403, 'AccessDeniedException', 'ACCESS_DENIED'],
    [403, 'InvalidSignatureException', 'CREDENTIALS'],
    [403, 'UnrecognizedClientException', 'CREDENTIALS'],
    [404, 'ResourceNotFoundException', 'NOT_FOUND'],
    [418, 'TeapotException', 'SERVICE'],
  ];
  for (const [status, name, code] of refused) {
    it(`${status} ${name}: Catch gets ${code} at once`, async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = () => answer(status, name);
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.error?.code, code);
      assert.equal(result.error?.created, 'no');
      assert.equal(result.error?.retryable, false);
      assert.equal(cases.creates, 1);
    });
  }

  it('an expired token or a conflict does not pass for ever', async () => {
    for (const [fate, code] of [
      [answer(403, 'ExpiredTokenException'), 'CREDENTIALS'],
      [answer(409, 'ConflictException'), 'CONFLICT'],
    ] as const) {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = () => fate;
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.error?.code, code);
      assert.equal(cases.creates, 4);
    }
  });

  it('names the IAM action that is missing', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => answer(403, 'AccessDeniedException');
    const result = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.match(String(result.error?.message), /cases:CreateRelatedItem/);
  });

  it('repeats nothing sensitive that the service says', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () =>
      answer(400, 'ValidationException', "Value 'Ms Okafor' at 'customEntity' is bad");
    const result = ending(delivery.deliver({ ...comment('a'), performedBy: { customEntity: 'Ms Okafor' } }));
    await time.runAllAsync();
    assert.equal(result.error?.message.includes('Okafor'), false);
    assert.match(String(result.error?.message), /customEntity/);
  });

  it('a message that rests does not hold up another case', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = ({ caseId }) => (caseId === 'bad' ? answer(503, 'ServiceUnavailable') : 'ok');
    void delivery.deliver(comment('a', 'bad')).catch(() => undefined);
    const good = ending(delivery.deliver(comment('b', 'good')));
    await time.tickAsync(1000);
    assert.ok(good.value);
    await delivery.close(0);
  });

  it('Retry-After is waited for', async () => {
    for (const fate of [
      answer(503, 'ServiceUnavailable', '', { $response: { headers: { 'retry-after': '7' } } }),
      answer(500, 'InternalServerException', '', { $response: { headers: { 'retry-after': '7' } } }),
      answer(429, 'ThrottlingException', '', { $response: { headers: { 'retry-after': '7' } } }),
    ]) {
      const { time, cases, delivery } = setUp({ ambiguous: 'resend' });
      cases.fateOfCreate = (_request, count) => (count === 1 ? fate : 'ok');
      void delivery.deliver(comment('a'));
      await time.runAllAsync();
      const [first = 0, second = 0] = cases.sentAt;
      assert.ok(second - first >= 7000, `${second - first}`);
      assert.ok(second - first < 8000);
    }
  });

  it('Retry-After stops nothing for longer than some minutes, whatever it says', async () => {
    for (const asked of ['3600', '1e9', 'Infinity']) {
      const { time, cases, delivery } = setUp();
      const fate = answer(429, 'ThrottlingException', '', {
        $response: { headers: { 'retry-after': asked } },
      });
      cases.fateOfCreate = (_request, count) => (count === 1 ? fate : 'ok');
      void delivery.deliver(comment('a'));
      await time.runAllAsync();
      const [first = 0, second = 0] = cases.sentAt;
      assert.ok(second - first < 10 * 60_000, `${second - first}`);
    }
  });

  describe('where it is not known whether the item was created', () => {
    for (const fate of ['lost', 'reset', '500', '500-after', 'timeout'] as const) {
      it(`${fate}: "fail" says so`, async () => {
        const { time, cases, delivery } = setUp({ ambiguous: 'fail' });
        cases.fateOfCreate = () => fate;
        const result = ending(delivery.deliver(comment('a')));
        await time.runAllAsync();
        assert.equal(result.error?.created, 'unknown');
        assert.equal(cases.creates, 1);
      });

      it(`${fate}: "resend" sends it again`, async () => {
        const { time, cases, delivery } = setUp({ ambiguous: 'resend' });
        cases.fateOfCreate = (_request, count) => (count === 1 ? fate : 'ok');
        const result = ending(delivery.deliver(comment('a')));
        await time.runAllAsync();
        assert.equal(result.value?.attempts, 2);
        assert.equal(cases.searches, 0);
      });

      it(`${fate}: "verify" ends with one item`, async () => {
        const { time, cases, delivery } = setUp();
        cases.fateOfCreate = (_request, count) => (count === 1 ? fate : 'ok');
        const result = ending(delivery.deliver(comment('a')));
        await time.runAllAsync();
        assert.deepEqual(cases.bodies(), ['a']);
        assert.equal(result.value?.relatedItemId, 'item-1');
      });
    }

    it('an error that is not known at all counts as such', async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = (_request, count) => (count === 1 ? new Error('who knows') : 'ok');
      void delivery.deliver(comment('a'));
      await time.runAllAsync();
      assert.ok(cases.searches > 0);
      assert.deepEqual(cases.bodies(), ['a']);
    });

    it('a refusal after that does not claim that nothing was created', async () => {
      const { time, cases, delivery } = setUp({ ambiguous: 'resend' });
      cases.fateOfCreate = (_request, count) =>
        count === 1 ? 'lost' : answer(402, 'ServiceQuotaExceededException');
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.error?.code, 'QUOTA_EXCEEDED');
      assert.equal(result.error?.created, 'unknown');
    });
  });
});
