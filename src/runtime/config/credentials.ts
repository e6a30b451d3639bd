import { readFile } from 'node:fs/promises';
import {
  fromIni,
  fromNodeProviderChain,
  fromTemporaryCredentials,
  fromTokenFile,
} from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Node } from 'node-red';
import type { CredentialsConfig, Secrets } from '../../definition/stored-config';
import { type CasesError, explained } from '../../errors/errors';
import { because } from '../../errors/reasons';
import { check } from '../../model/check';
import { roleDurationSeconds } from '../../model/limits';
import { requestHandler } from '../network/request-handler';
import { noteSigningTime } from '../network/signing-time';
import { given } from './environment';
import { type WatchedHandler, watched } from './key-services';
import { renewable } from './renewable';

/** A credentials config node at run time. */
export interface CredentialsNode extends Node<Secrets> {
  /**
   * Keys for requests to `region`, or why there are none after `timeoutMs`. Throws `CREDENTIALS` or `NOT_CONFIGURED`
   * where something is blank.
   */
  provider(region: string, timeoutMs: number): AwsCredentialIdentityProvider;
}

/** Runs a credentials node. */
export function startCredentials(node: CredentialsNode, config: CredentialsConfig): void {
  node.provider = (region, timeoutMs) =>
    credentialProvider(config, node.credentials ?? {}, region, timeoutMs);
}

interface Context {
  readonly config: CredentialsConfig;
  readonly secrets: Secrets;
  readonly region: string;
  /** Keys come through the same proxy as the service. */
  readonly requestHandler: WatchedHandler;
  readonly metadataTimeoutMs: number;
}

type Method = (context: Context) => AwsCredentialIdentityProvider;

/** Milliseconds that one request for keys may take. */
const requestTimeoutMs = 10_000;

/** Where keys are found without asking STS for a role. None of these falls back to another. */
const sources: Readonly<Record<string, Method>> = {
  // The region of the requests is not that of SSO or of a profile's roles: those have their own in the shared files.
  default: ({ requestHandler, metadataTimeoutMs }) =>
    fromNodeProviderChain({
      clientConfig: { requestHandler },
      ignoreCache: true,
      timeout: metadataTimeoutMs,
      maxRetries: 0,
      clientPlugins: [noteSigningTime()],
    }),
  keys: ({ secrets }) => {
    const accessKeyId = text(secrets.accessKeyId, 'access key ID');
    const secretAccessKey = text(secrets.secretAccessKey, 'secret access key');
    const sessionToken = text(secrets.sessionToken, 'session token');
    if (!accessKeyId || !secretAccessKey) {
      const [missing, field] = accessKeyId
        ? ['secret access key', 'secretAccessKey']
        : ['access key ID', 'accessKeyId'];
      throw blank(
        field,
        `The ${missing} is blank. Enter it in the credentials node, or choose another method.`,
      );
    }
    return async () => ({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
  },
  profile: ({ config, requestHandler }) =>
    fromIni({
      profile: required(config.profile, 'profile', 'profile'),
      clientConfig: { requestHandler },
      ignoreCache: true,
      clientPlugins: [noteSigningTime()],
    }),
};

/** How each method of the credentials node gets its keys. */
const methods: Readonly<Record<string, Method>> = {
  ...sources,
  role: (context) => {
    const { config, region, requestHandler } = context;
    const externalId = text(config.externalId, 'external ID');
    const durationSeconds = durationOf(config);
    return fromTemporaryCredentials({
      masterCredentials: named(sources, 'source', text(config.source, 'source') || 'default')(context),
      clientConfig: { region, requestHandler },
      clientPlugins: [noteSigningTime()],
      params: {
        RoleArn: required(config.roleArn, 'role ARN', 'roleArn'),
        RoleSessionName: sessionName(config),
        ...(externalId && { ExternalId: externalId }),
        ...(durationSeconds && { DurationSeconds: durationSeconds }),
      },
    });
  },
  webIdentity: ({ config, region, requestHandler }) => {
    const webIdentityTokenFile = required(config.tokenFile, 'token file', 'tokenFile');
    const provider = fromTokenFile({
      webIdentityTokenFile,
      roleArn: required(config.roleArn, 'role ARN', 'roleArn'),
      roleSessionName: sessionName(config),
      clientConfig: { region, requestHandler },
    });
    return async () => {
      await readFile(webIdentityTokenFile).catch((cause: NodeJS.ErrnoException) => {
        const why = { path: webIdentityTokenFile, code: String(cause.code) };
        throw explained('CREDENTIALS', because('noTokenFile', why));
      });
      return provider();
    };
  },
};

/**
 * The SDK's credential provider for a credentials node, which gives up after `timeoutMs` where a service that gives
 * keys does not answer. Throws `CREDENTIALS` or `NOT_CONFIGURED` at once for what is blank; the provider itself may
 * fail later with whatever the SDK says, and with an error of the connection where nobody could be reached.
 */
export function credentialProvider(
  config: CredentialsConfig,
  secrets: Secrets,
  region: string,
  timeoutMs = requestTimeoutMs,
): AwsCredentialIdentityProvider {
  const method = named(methods, 'method', text(config.method, 'method') || 'default');
  const handler = watched(requestHandler(requestTimeoutMs));
  // The SDK asks metadata services up to three times in a row.
  const metadataTimeoutMs = Math.min(1_000, timeoutMs / 4);
  const context = { config, secrets, region, requestHandler: handler, metadataTimeoutMs };
  return renewable(() => method(context), handler, timeoutMs);
}

function named(table: Readonly<Record<string, Method>>, property: string, name: string): Method {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found) return found;
  throw explained(
    'NOT_CONFIGURED',
    because('wrongSetting', { field: property, got: JSON.stringify(name) }),
    {},
    `The credentials node does not know the ${property} "${name}". Choose one of ${Object.keys(table).join(', ')}.`,
  );
}

const sessionName = (config: CredentialsConfig): string =>
  text(config.sessionName, 'session name') || 'node-red-connect-cases';

function durationOf(config: CredentialsConfig): number | undefined {
  const given = text(config.durationSeconds, 'duration');
  if (!given) return undefined;
  const { min, max } = roleDurationSeconds;
  if (!check(roleDurationSeconds, Number(given))) return Number(given);
  throw explained(
    'NOT_CONFIGURED',
    because('wrongSetting', { field: 'durationSeconds', got: JSON.stringify(given) }),
    {},
    `The credentials node's duration has to be a number of seconds from ${min} to ${max}.`,
  );
}

/** A property or secret, without blanks around it. Throws `NOT_CONFIGURED` where its variable is not set. */
const text = (value: string | number | undefined, what: string): string =>
  String(given(value ?? '', `the credentials node's ${what}`)).trim();

function required(value: string | undefined, what: string, field: string): string {
  const found = text(value, what);
  if (found) return found;
  throw blank(field, `The ${what} is blank. Enter it in the credentials node.`);
}

const blank = (field: string, message: string): CasesError =>
  explained('CREDENTIALS', because('blank', { field }), {}, message);
