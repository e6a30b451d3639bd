import type { DeliverySettings } from '../../src/delivery/delivery';
import { Claims } from '../../src/delivery/verify/claims';
import { createClient } from '../../src/runtime/network/client';
import { casesService, createDelivery, type Delivery } from './item-delivery';

/** A delivery over real connections, as a domain node makes it. */
export interface RealDelivery {
  readonly delivery: Delivery;
  readonly warnings: string[];
  close(): Promise<void>;
}

export interface RealKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const testKeys: RealKeys = { accessKeyId: 'AKIATEST', secretAccessKey: 'test' };

export function realDelivery(
  endpoint: string,
  settings: Partial<DeliverySettings> = {},
  credentials: () => Promise<RealKeys> = async () => testKeys,
): RealDelivery {
  const { timeoutSeconds = 5 } = settings;
  const location = { region: 'eu-central-1', endpoint, fips: false, dualStack: false };
  const client = createClient(location, credentials, timeoutSeconds);
  const warnings: string[] = [];
  const delivery = createDelivery(
    casesService(client, timeoutSeconds),
    {
      rate: 1000,
      burst: 1000,
      maxWaiting: 100,
      deadlineSeconds: 0,
      timeoutSeconds,
      ambiguous: 'verify',
      ...settings,
    },
    { onWarning: (text) => warnings.push(text), claims: new Claims() },
  );
  return {
    delivery,
    warnings,
    async close() {
      await delivery.close(0);
      client.destroy();
    },
  };
}
