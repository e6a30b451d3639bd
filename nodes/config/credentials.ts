import type { ConfigNode } from '../../src/definition/definition';
import { RoleArn, roleDurationSeconds } from '../../src/model/limits';
import { string } from '../../src/model/schema';

const role = [{ method: ['role'] }];
const anyRole = [{ method: ['role', 'webIdentity'] }];
/** Named as the method itself, or as the source of who asks for a role. */
const namedAs = (way: string) => [{ method: [way] }, { method: ['role'], source: [way] }];

export const credentials: ConfigNode = {
  base: 'credentials',
  properties: {
    name: { default: '' },
    method: { default: 'default', options: ['default', 'keys', 'profile', 'role', 'webIdentity'] },
    source: { default: 'default', options: ['default', 'keys', 'profile'], when: role },
    profile: { default: '', schema: string({ min: 1 }), when: namedAs('profile') },
    roleArn: { default: '', schema: RoleArn, when: anyRole },
    tokenFile: { default: '', schema: string({ min: 1 }), when: [{ method: ['webIdentity'] }] },
    externalId: { default: '', when: role },
    sessionName: { default: '', when: anyRole },
    durationSeconds: { default: '', schema: roleDurationSeconds, optional: true, when: role },
  },
  secrets: {
    accessKeyId: { kind: 'text', when: namedAs('keys') },
    secretAccessKey: { kind: 'password', when: namedAs('keys') },
    sessionToken: { kind: 'password', optional: true, when: namedAs('keys') },
  },
};
