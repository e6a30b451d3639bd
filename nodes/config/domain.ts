import type { ConfigNode } from '../../src/definition/definition';
import { DomainId, delivery, deliveryDefaults, Endpoint, Region } from '../../src/model/limits';

export const domain: ConfigNode = {
  base: 'domain',
  properties: {
    name: { default: '' },
    auth: { default: '', node: 'credentials' },
    region: { default: '', schema: Region, pick: 'regions' },
    domainId: { default: '', schema: DomainId, pick: 'domains' },
    endpoint: { default: '', schema: Endpoint, optional: true, hint: 'plainHttp', section: 'connection' },
    fips: { default: false, section: 'connection' },
    dualStack: { default: false, section: 'connection' },
    performedByKind: { default: 'none', options: ['none', 'userArn', 'customEntity'] },
    performedBy: {
      default: '',
      hint: 'arn:agent/',
      when: [{ performedByKind: ['userArn', 'customEntity'] }],
    },
    rate: { default: 'auto', schema: delivery.rate, word: 'auto', optional: true, section: 'delivery' },
    burst: { default: deliveryDefaults.burst, schema: delivery.burst, optional: true, section: 'delivery' },
    maxWaiting: {
      default: deliveryDefaults.maxWaiting,
      schema: delivery.maxWaiting,
      optional: true,
      section: 'delivery',
    },
    deadlineSeconds: {
      default: deliveryDefaults.deadlineSeconds,
      schema: delivery.deadlineSeconds,
      optional: true,
      section: 'delivery',
    },
    timeoutSeconds: {
      default: deliveryDefaults.timeoutSeconds,
      schema: delivery.timeoutSeconds,
      optional: true,
      section: 'delivery',
    },
    ambiguous: { default: 'verify', options: ['verify', 'resend', 'fail'], section: 'delivery' },
  },
};
