import { readFile } from 'node:fs/promises';
import {
  fromIni,
  fromNodeProviderChain,
  fromTemporaryCredentials,
  fromTokenFile,
} from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { CredentialsConfig, Secrets } from '../../definition/stored-config';
import { CasesError } from '../../errors/errors';
import { requestHandler } from '../network/request-handler';
import { given } from './environment';

interface Context {
  readonly config: CredentialsConfig;
  readonly secrets: Secrets;
  readonly region: string;
}

type Method = (context: Context) => AwsCredentialIdentityProvider;

/** Where keys are found without asking STS for a role. None of these falls back to another. */
const sources: Readonly<Record<string, Method>> = {
  default: ({ region }) => fromNodeProviderChain({ clientConfig: stsConfig(region) }),
  keys: ({ secrets }) => {
    const accessKeyId = secrets.accessKeyId?.trim();
    const secretAccessKey = secrets.secretAccessKey?.trim();
    if (!accessKeyId || !secretAccessKey) {
      const missing = accessKeyId ? 'secret access key' : 'access key ID';
      throw credentialsError(
        `The ${missing} is blank. Enter it in the credentials node, or choose another method.`,
      );
    }
    const sessionToken = secrets.sessionToken?.trim();
    return async () => ({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
  },
  profile: ({ config, region }) =>
    fromIni({ profile: required(config.profile, 'profile'), clientConfig: stsConfig(region) }),
};

/** How each method of the credentials node gets its keys. */
const methods: Readonly<Record<string, Method>> = {
  ...sources,
  role: (context) => {
    const { config, region } = context;
    return fromTemporaryCredentials({
      masterCredentials: named(sources, 'source', config.source || 'default')(context),
      clientConfig: stsConfig(region),
      params: {
        RoleArn: required(config.roleArn, 'role ARN'),
        RoleSessionName: sessionName(config),
        ...(config.externalId?.trim() && { ExternalId: config.externalId.trim() }),
        ...(config.durationSeconds && { DurationSeconds: Number(config.durationSeconds) }),
      },
    });
  },
  webIdentity: ({ config, region }) => {
    const webIdentityTokenFile = required(config.tokenFile, 'token file');
    const provider = fromTokenFile({
      webIdentityTokenFile,
      roleArn: required(config.roleArn, 'role ARN'),
      roleSessionName: sessionName(config),
      clientConfig: stsConfig(region),
    });
    return async () => {
      await readFile(webIdentityTokenFile).catch((cause: NodeJS.ErrnoException) => {
        throw credentialsError(
          `The token file ${webIdentityTokenFile} can't be read (${cause.code}). Check its path and permissions.`,
        );
      });
      return provider();
    };
  },
};

/**
 * The SDK's credential provider for a credentials node. Throws `CREDENTIALS` or `NOT_CONFIGURED` at once
 * for what is blank; the provider itself may fail later with whatever the SDK says.
 */
export function credentialProvider(
  config: CredentialsConfig,
  secrets: Secrets,
  region: string,
): AwsCredentialIdentityProvider {
  return named(methods, 'method', config.method || 'default')({ config, secrets, region });
}

function named(table: Readonly<Record<string, Method>>, property: string, name: string): Method {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found) return found;
  throw new CasesError(
    'NOT_CONFIGURED',
    `The credentials node does not know the ${property} "${name}". Choose one of ${Object.keys(table).join(', ')}.`,
  );
}

const sessionName = ({ sessionName: chosen }: CredentialsConfig): string =>
  chosen?.trim() || 'node-red-connect-cases';

/** STS goes through the same proxy as the service. */
const stsConfig = (region: string) => ({
  region,
  requestHandler: requestHandler(10_000),
});

function required(value: string | undefined, what: string): string {
  const found = given(value, `the credentials node's ${what}`)?.trim();
  if (found) return found;
  throw credentialsError(`The ${what} is blank. Enter it in the credentials node.`);
}

const credentialsError = (message: string): CasesError => new CasesError('CREDENTIALS', message);
