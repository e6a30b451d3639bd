import type { ConfigNode } from '../src/definition';
import { DomainId } from '../src/limits';
import { string } from '../src/schema';

export const domain: ConfigNode = {
  base: 'domain',
  properties: {
    name: { default: '' },
    auth: { default: '', node: 'credentials' },
    region: { default: '', schema: string({ min: 1, max: 63 }) },
    domainId: { default: '', schema: DomainId },
    endpoint: { default: '' },
    fips: { default: false },
    dualStack: { default: false },
    performedByKind: { default: 'none', options: ['none', 'userArn', 'customEntity'] },
    performedBy: {
      default: '',
      when: { property: 'performedByKind', values: ['userArn', 'customEntity'] },
    },
    rate: { default: 'auto' },
    burst: { default: 10 },
    maxWaiting: { default: 10_000 },
    deadlineSeconds: { default: 0 },
    timeoutSeconds: { default: 10 },
    ambiguous: { default: 'verify', options: ['verify', 'resend', 'fail'] },
  },
};
