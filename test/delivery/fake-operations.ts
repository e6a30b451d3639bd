import { createClock } from '@sinonjs/fake-timers';
import type { DeliverySettings } from '../../src/delivery/delivery';
import type { DeliveryOptions } from '../../src/delivery/parts';
import { createDelivery } from '../../src/delivery/queue';
import type { CasesService } from '../../src/delivery/service/service';
import { Claims } from '../../src/delivery/verify/claims';
import type { OperationName } from '../../src/model/operations';

/** A request as it reached the service. */
export interface Seen {
  readonly operation: OperationName;
  readonly input: object;
  readonly at: number;
}

/** A delivery to a service that answers everything after 20 ms, unless the test has it fail. */
export function setUp(settings: Partial<DeliverySettings> = {}, options: DeliveryOptions = {}) {
  const time = createClock(0, 1_000_000);
  const seen: Seen[] = [];
  const test = { time, seen, failure: (_seen: Seen, _count: number): Error | undefined => undefined };
  const service: CasesService = {
    serverTime: () => Date.UTC(2026, 0, 1) + time.now,
    async call(operation, input) {
      const request = { operation, input, at: time.now };
      seen.push(request);
      const failure = test.failure(request, seen.length);
      await new Promise((resolve) => time.setTimeout(resolve, 20));
      if (failure) throw failure;
      return { output: { relatedItemId: `item-${seen.length}`, relatedItemArn: 'arn' } as never };
    },
  };
  const delivery = createDelivery(
    service,
    {
      rate: 'auto',
      burst: 10,
      maxWaiting: 1000,
      deadlineSeconds: 0,
      timeoutSeconds: 10,
      ambiguous: 'verify',
      ...settings,
    },
    {
      random: () => 0.5,
      claims: new Claims(),
      clock: {
        now: () => time.now,
        setTimeout: (run, delayMs) => time.setTimeout(run, delayMs),
        clearTimeout: (timer) => time.clearTimeout(timer as number),
      },
      ...options,
    },
  );
  return Object.assign(test, { delivery, operations: () => seen.map(({ operation }) => operation) });
}
