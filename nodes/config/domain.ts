import { domainAuthorFields } from '../../src/definition/author';
import type { ConfigNode } from '../../src/definition/config-node';
import type { TextField } from '../../src/definition/field';
import { DomainId, delivery, deliveryDefaults, Endpoint, RegionName } from '../../src/model/limits';

const text = { kind: 'text', default: '' } as const;
/** A number of the delivery's settings; blank: its default. */
const setting = (name: keyof typeof deliveryDefaults): TextField => ({
  kind: 'text',
  default: deliveryDefaults[name],
  schema: delivery[name],
  optional: true,
  section: 'delivery',
});

export const domain: ConfigNode = {
  base: 'domain',
  fields: {
    name: text,
    auth: {
      kind: 'node',
      base: 'credentials',
      inPlace: { properties: { method: 'keys' }, secrets: ['accessKeyId', 'secretAccessKey'] },
    },
    region: { ...text, schema: RegionName, pick: 'regions', hint: 'region' },
    domainId: { ...text, schema: DomainId, pick: 'domains' },
    endpoint: { ...text, schema: Endpoint, optional: true, hint: 'plainHttp', section: 'connection' },
    fips: { kind: 'flag', default: false, section: 'connection' },
    dualStack: { kind: 'flag', default: false, section: 'connection' },
    ...domainAuthorFields,
    rate: {
      kind: 'text',
      default: 'auto',
      schema: delivery.rate,
      word: 'auto',
      optional: true,
      section: 'delivery',
    },
    burst: setting('burst'),
    maxWaiting: setting('maxWaiting'),
    deadlineSeconds: setting('deadlineSeconds'),
    timeoutSeconds: setting('timeoutSeconds'),
    ambiguous: {
      kind: 'choice',
      default: 'verify',
      options: ['verify', 'resend', 'fail'],
      section: 'delivery',
    },
    store: {
      kind: 'choice',
      default: 'disk',
      options: ['disk', 'memory'],
      hint: 'store',
      section: 'delivery',
    },
  },
};
