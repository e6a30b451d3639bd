import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { ServiceError } from '../model/errors';
import type { Keyring, Keys } from './keys';

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query string, still encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const allowedSkew = 5 * 60_000;

/** SHA-256 and its HMAC of Node.js, in the form that the signer wants. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = secret instanceof ArrayBuffer ? new Uint8Array(secret) : secret;
    this.#hash =
      key === undefined ? createHash('sha256') : createHmac('sha256', key as string | NodeJS.ArrayBufferView);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('Not used by the signer');
  }
}

/**
 * Verifies the Signature Version 4 of a request to `service` at `now` (ms) and returns the keys that signed it.
 * Throws the service's 403 errors.
 */
export async function verifySignature(
  request: WireRequest,
  service: 'cases' | 'sts',
  keyring: Keyring,
  now: number,
): Promise<Keys> {
  const { credential, signedHeaders, signature } = parseAuthorization(header(request, 'authorization'));
  const [accessKeyId = '', day = '', region = '', scopedService, terminator] = credential.split('/');
  const keys = acceptedKeys(keyring, accessKeyId, header(request, 'x-amz-security-token'), now);
  if (scopedService !== service || terminator !== 'aws4_request') {
    throw invalid(`Credential should be scoped to correct service: '${service}'.`);
  }
  const signingDate = signedAt(header(request, 'x-amz-date'), day, now);
  if (!signedHeaders.includes('host') || !signedHeaders.includes('x-amz-date')) {
    throw invalid("'Host' and 'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const expected = await sign(request, { service, region, keys, signedHeaders, signingDate });
  if (!declaredHashIsRight(request) || !sameText(expected, signature)) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret ' +
        'Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return keys;
}

function parseAuthorization(authorization: string | undefined) {
  if (!authorization)
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, parameters = ''] = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(authorization) ?? [];
  const parameter = (name: string): string => {
    const [, value] = new RegExp(`(?:^|[ ,])${name}=([^, ]+)`).exec(parameters) ?? [];
    if (value) return value;
    throw new ServiceError(
      'IncompleteSignatureException',
      `Authorization header requires '${name}' parameter.`,
    );
  };
  return {
    credential: parameter('Credential'),
    signedHeaders: parameter('SignedHeaders').toLowerCase().split(';'),
    signature: parameter('Signature'),
  };
}

function acceptedKeys(keyring: Keyring, accessKeyId: string, token: string | undefined, now: number): Keys {
  const keys = keyring.find(accessKeyId);
  if (!keys || !sameText(keys.sessionToken ?? '', token ?? '')) {
    throw new ServiceError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (keys.expiresAt !== undefined && keys.expiresAt <= now) {
    throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  return keys;
}

function signedAt(stamp: string | undefined, day: string, now: number): Date {
  const date = new Date(
    (stamp ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (stamp === undefined || Number.isNaN(date.getTime())) {
    throw new ServiceError(
      'IncompleteSignatureException',
      "Authorization header requires existence of a valid 'X-Amz-Date' header.",
    );
  }
  if (!stamp.startsWith(day))
    throw invalid(`Date in Credential scope does not match YYYYMMDD from ISO-8601: ${stamp}`);
  const skew = date.getTime() - now;
  const current = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  if (skew < -allowedSkew)
    throw invalid(`Signature expired: ${stamp} is now earlier than ${current} minus 5 min.`);
  if (skew > allowedSkew)
    throw invalid(`Signature not yet current: ${stamp} is still later than ${current} plus 5 min.`);
  return date;
}

/** The signature that the holder of `keys` would have given. */
async function sign(
  request: WireRequest,
  by: { service: string; region: string; keys: Keys; signedHeaders: string[]; signingDate: Date },
): Promise<string> {
  const { accessKeyId, secretAccessKey } = by.keys;
  const signer = new SignatureV4({
    service: by.service,
    region: by.region,
    credentials: { accessKeyId, secretAccessKey },
    sha256: Sha256,
    applyChecksum: false,
  });
  const [path = '', query = ''] = request.target.split('?', 2);
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: 'localhost',
      path,
      query: queryOf(query),
      headers: Object.fromEntries(by.signedHeaders.map((name) => [name, header(request, name) ?? ''])),
      body: request.body,
    },
    { signingDate: by.signingDate, signableHeaders: new Set(by.signedHeaders) },
  );
  return /Signature=(\w+)/.exec(signed.headers.authorization ?? '')?.[1] ?? '';
}

function queryOf(text: string): Record<string, string[]> {
  const query = new URLSearchParams(text);
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/** The signer trusts the hash that a client declares for its body; this does not. */
function declaredHashIsRight(request: WireRequest): boolean {
  const declared = header(request, 'x-amz-content-sha256');
  return declared === undefined || declared === createHash('sha256').update(request.body).digest('hex');
}

function header({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const invalid = (message: string) => new ServiceError('InvalidSignatureException', message);
