import type { ConfigNode } from '../src/definition';
import { DomainId, delivery, Region } from '../src/limits';

export const domain: ConfigNode = {
  base: 'domain',
  properties: {
    name: { default: '' },
    auth: { default: '', node: 'credentials' },
    region: { default: '', schema: Region, pick: 'regions' },
    domainId: { default: '', schema: DomainId, pick: 'domains' },
    endpoint: { default: '', section: 'connection' },
    fips: { default: false, section: 'connection' },
    dualStack: { default: false, section: 'connection' },
    performedByKind: { default: 'none', options: ['none', 'userArn', 'customEntity'] },
    performedBy: {
      default: '',
      when: { property: 'performedByKind', values: ['userArn', 'customEntity'] },
    },
    rate: { default: 'auto', schema: delivery.rate, word: 'auto', optional: true, section: 'delivery' },
    burst: { default: 10, schema: delivery.burst, optional: true, section: 'delivery' },
    maxWaiting: { default: 10_000, schema: delivery.maxWaiting, optional: true, section: 'delivery' },
    deadlineSeconds: { default: 0, schema: delivery.deadlineSeconds, optional: true, section: 'delivery' },
    timeoutSeconds: { default: 10, schema: delivery.timeoutSeconds, optional: true, section: 'delivery' },
    ambiguous: { default: 'verify', options: ['verify', 'resend', 'fail'], section: 'delivery' },
  },
};
