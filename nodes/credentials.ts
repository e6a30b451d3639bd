import type { ConfigNode } from '../src/definition';
import { RoleArn, roleDurationSeconds } from '../src/limits';
import { string } from '../src/schema';

const role = { property: 'method', values: ['role'] };
const anyRole = { property: 'method', values: ['role', 'webIdentity'] };

export const credentials: ConfigNode = {
  base: 'credentials',
  properties: {
    name: { default: '' },
    method: { default: 'default', options: ['default', 'keys', 'profile', 'role', 'webIdentity'] },
    source: { default: 'default', options: ['default', 'keys', 'profile'], when: role },
    profile: { default: '', when: { property: 'method', values: ['profile', 'role'] } },
    roleArn: { default: '', schema: RoleArn, when: anyRole },
    tokenFile: {
      default: '',
      schema: string({ min: 1 }),
      when: { property: 'method', values: ['webIdentity'] },
    },
    externalId: { default: '', when: role },
    sessionName: { default: '', when: anyRole },
    durationSeconds: { default: '', schema: roleDurationSeconds, optional: true, when: role },
  },
  secrets: {
    accessKeyId: { kind: 'text', when: { property: 'method', values: ['keys', 'role'] } },
    secretAccessKey: { kind: 'password', when: { property: 'method', values: ['keys', 'role'] } },
    sessionToken: { kind: 'password', when: { property: 'method', values: ['keys', 'role'] } },
  },
};
