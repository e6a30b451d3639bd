import type { ConfigNode } from '../../src/definition/config-node';
import { RoleArn, roleDurationSeconds } from '../../src/model/limits';
import { string } from '../../src/model/schema';

const role = [{ method: ['role'] }];
const anyRole = [{ method: ['role', 'webIdentity'] }];
/** Named as the method itself, or as the source of who asks for a role. */
const namedAs = (way: string) => [{ method: [way] }, { method: ['role'], source: [way] }];

const text = { kind: 'text', default: '' } as const;

export const credentials: ConfigNode = {
  base: 'credentials',
  fields: {
    name: text,
    method: {
      kind: 'choice',
      explained: true,
      default: 'default',
      options: ['default', 'keys', 'profile', 'role', 'webIdentity'],
    },
    source: { kind: 'choice', default: 'default', options: ['default', 'keys', 'profile'], when: role },
    profile: { ...text, schema: string({ min: 1 }), when: namedAs('profile') },
    roleArn: { ...text, schema: RoleArn, when: anyRole },
    tokenFile: { ...text, schema: string({ min: 1 }), when: [{ method: ['webIdentity'] }] },
    externalId: { ...text, when: role },
    sessionName: { ...text, when: anyRole },
    durationSeconds: { ...text, schema: roleDurationSeconds, optional: true, when: role },
  },
  marksSecrets: 'source',
  secrets: {
    accessKeyId: { kind: 'text', when: namedAs('keys') },
    secretAccessKey: { kind: 'password', when: namedAs('keys') },
    sessionToken: { kind: 'password', optional: true, when: namedAs('keys') },
  },
};
