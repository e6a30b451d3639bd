import { randomBytes } from 'node:crypto';

/** Credentials that the local service accepts, and who holds them. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds since 1970; unset for keys that stay valid. */
  readonly expiresAt?: number;
  /** ARN of the user or of the assumed role. */
  readonly principal: string;
}

export interface Keyring {
  find(accessKeyId: string): Keys | undefined;
  /** New temporary keys. */
  issue(principal: string, expiresAt: number): Required<Keys>;
}

/** So many temporary keys are remembered, the newest. */
const remembered = 1000;

/** Keys by id: the fixed ones, and those that are issued on the way. */
export function createKeyring(fixed: Keys): Keyring {
  const issued = new Map<string, Keys>();
  return {
    find: (accessKeyId) => (accessKeyId === fixed.accessKeyId ? fixed : issued.get(accessKeyId)),
    issue(principal, expiresAt) {
      const keys = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(96).toString('base64'),
        expiresAt,
        principal,
      };
      issued.set(keys.accessKeyId, keys);
      const oldest = issued.keys().next().value;
      if (issued.size > remembered && oldest !== undefined) issued.delete(oldest);
      return keys;
    },
  };
}
