import { randomUUID } from 'node:crypto';
import { localUser } from '../model/arn';
import { ServiceError, type ServiceErrorCode } from '../model/errors';
import type { Keyring, Keys } from './keys';
import { verifySignature, type WireRequest } from './signature';

/** The little of AWS STS that roles and connection tests need: query protocol, version 2011-06-15. */
interface StsOptions {
  readonly account: string;
  readonly keyring: Keyring;
  readonly verifySignatures: boolean;
  readonly now: () => number;
}

/** Status, headers and XML. */
interface StsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

class StsError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** STS's names for what the signature check says in the words of Cases. */
const codes: Partial<Record<ServiceErrorCode, string>> = {
  InvalidSignatureException: 'SignatureDoesNotMatch',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
};

/** The answer to a POST to `/`. */
export async function answerSts(request: WireRequest, options: StsOptions): Promise<StsAnswer> {
  const requestId = randomUUID();
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const reply = (status: number, body: string): StsAnswer => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body,
  });
  try {
    const parameters = new URLSearchParams(request.body);
    const action = parameters.get('Action') ?? '';
    const result = await run(action, parameters, request, options);
    const ns = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
    return reply(
      200,
      `<${action}Response ${ns}><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`,
    );
  } catch (error) {
    const { status, code, message } = asStsError(error);
    return reply(
      status,
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
        `<Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  }
}

async function run(
  action: string,
  parameters: URLSearchParams,
  request: WireRequest,
  options: StsOptions,
): Promise<string> {
  switch (action) {
    case 'GetCallerIdentity': {
      const { principal } = await caller(request, options);
      return `<Arn>${escapeXml(principal)}</Arn><UserId>AIDALOCALUSER</UserId><Account>${options.account}</Account>`;
    }
    case 'AssumeRole':
      await caller(request, options);
      return assumedRole(parameters, options);
    case 'AssumeRoleWithWebIdentity':
      if (!parameters.get('WebIdentityToken')) throw invalid('WebIdentityToken is missing');
      return assumedRole(parameters, options);
    default:
      throw new StsError(400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
  }
}

async function caller(request: WireRequest, options: StsOptions): Promise<Pick<Keys, 'principal'>> {
  if (options.verifySignatures) return verifySignature(request, 'sts', options.keyring, options.now());
  const [, accessKeyId = ''] = /Credential=([^/]+)/.exec(String(request.headers.authorization)) ?? [];
  return options.keyring.find(accessKeyId) ?? { principal: localUser(options.account) };
}

function assumedRole(parameters: URLSearchParams, { account, keyring, now }: StsOptions): string {
  const roleArn = parameters.get('RoleArn') ?? '';
  const session = parameters.get('RoleSessionName') ?? '';
  const seconds = Number(parameters.get('DurationSeconds') ?? 3600);
  const [, role] = /^arn:[\w-]+:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (role === undefined) throw invalid('RoleArn is not the ARN of a role');
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    throw invalid('RoleSessionName has to be 2 to 64 of the characters [\\w+=,.@-]');
  if (!(seconds >= 900 && seconds <= 43_200))
    throw invalid('DurationSeconds has to be between 900 and 43200');
  const arn = `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
  const keys = keyring.issue(arn, now() + seconds * 1000);
  return (
    `<Credentials><AccessKeyId>${keys.accessKeyId}</AccessKeyId><SecretAccessKey>${keys.secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${keys.sessionToken}</SessionToken><Expiration>${new Date(keys.expiresAt).toISOString()}</Expiration></Credentials>` +
    `<AssumedRoleUser><AssumedRoleId>AROALOCALROLE:${session}</AssumedRoleId><Arn>${escapeXml(arn)}</Arn></AssumedRoleUser>`
  );
}

const invalid = (message: string) => new StsError(400, 'ValidationError', message);

function asStsError(error: unknown): StsError {
  if (error instanceof StsError) return error;
  if (error instanceof ServiceError)
    return new StsError(error.status, codes[error.code] ?? error.code, error.message);
  return new StsError(
    500,
    'InternalFailure',
    'The request processing has failed because of an unknown error',
  );
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] as string);
