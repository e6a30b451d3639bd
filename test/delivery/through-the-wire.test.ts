import assert from 'node:assert/strict';
import { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import { install } from '@sinonjs/fake-timers';
import type { DeliverySettings } from '../../src/delivery/delivery';
import { demo, type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator';
import type { RelatedItemRequest } from '../../src/model/operations';
import { casesService, createDelivery, type Delivery } from '../support/item-delivery';

const [freezer, pump] = demo.cases;

describe('delivery to a local service', () => {
  const open: { close(): Promise<void> | void }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });

  async function start(
    options: EmulatorOptions = {},
    settings: Partial<DeliverySettings> = {},
  ): Promise<{ emulator: Emulator; delivery: Delivery; warnings: string[] }> {
    const emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited', ...options });
    const client = new ConnectCasesClient({
      endpoint: emulator.url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'AKIDANY', secretAccessKey: 'any' },
    });
    const warnings: string[] = [];
    const delivery = createDelivery(
      casesService(client, 5),
      { ...defaults, ...settings },
      {
        onWarning: (text) => warnings.push(text),
      },
    );
    open.push(emulator, { close: () => client.destroy() }, { close: () => delivery.close(0) });
    return { emulator, delivery, warnings };
  }

  it('gives the ARN, the id and the request id of the answer', async () => {
    const { delivery } = await start();
    const { relatedItemArn, relatedItemId, requestId, ...rest } = await delivery.deliver(comment('one'));
    assert.ok(relatedItemArn.endsWith(`/case/${freezer.id}/related-item/${relatedItemId}`));
    assert.match(String(requestId), /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, { attempts: 1, verified: false });
  });

  it("knows the service's time from an answer on, until this machine's clock is set or it has slept", async () => {
    const emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
    const credentials = { accessKeyId: 'AKIDANY', secretAccessKey: 'any' };
    const client = new ConnectCasesClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
    const service = casesService(client, 5);
    const ask = () => service.call('GetDomain', { domainId: demo.domainId }, new AbortController().signal);
    const clock = install({ toFake: ['Date'], now: Date.now() });
    open.push(emulator, { close: () => client.destroy() }, { close: () => clock.uninstall() });
    assert.equal(service.knowsTime?.(), false);
    await ask();
    assert.equal(service.knowsTime?.(), true);
    clock.setSystemTime(Date.now() + 3_600_000);
    assert.equal(service.knowsTime?.(), false);
    await ask();
    assert.equal(service.knowsTime?.(), true);
  });

  it('keeps the order of each case', async () => {
    const { delivery, emulator } = await start();
    const bodies = Array.from({ length: 20 }, (_, index) => `${index}`);
    await Promise.all(
      bodies.flatMap((body) => [delivery.deliver(comment(body)), delivery.deliver(comment(body, pump.id))]),
    );
    assert.deepEqual(bodiesOf(emulator, freezer.id).slice(-20), bodies);
    assert.deepEqual(bodiesOf(emulator, pump.id).slice(-20), bodies);
  });

  for (const fault of ['lost*1', '500-after*1']) {
    it(`finds the item after ${fault} and gives the same ARN as an answer would have`, async () => {
      const { delivery, emulator } = await start({ faults: [fault] });
      const found = await delivery.deliver(comment('only once'));
      assert.equal(bodiesOf(emulator, freezer.id).filter((body) => body === 'only once').length, 1);
      assert.equal(found.verified, true);
      const next = await delivery.deliver(comment('next'));
      assert.equal(
        found.relatedItemArn.replace(found.relatedItemId, ''),
        next.relatedItemArn.replace(next.relatedItemId, ''),
      );
    });
  }
});

const defaults: DeliverySettings = {
  rate: 1000,
  burst: 1000,
  maxWaiting: 10_000,
  deadlineSeconds: 0,
  timeoutSeconds: 5,
  ambiguous: 'verify',
};

const comment = (body: string, caseId = freezer.id): RelatedItemRequest => ({
  domainId: demo.domainId,
  caseId,
  type: 'Comment',
  content: { comment: { body, contentType: 'Text/Plain' } },
});

const bodiesOf = (emulator: Emulator, caseId: string): unknown[] =>
  (emulator.service.state.cases.get(caseId)?.items ?? []).map((item) => item.content.comment?.body);
