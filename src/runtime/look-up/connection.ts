import { createHash } from 'node:crypto';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { NodeAPI } from 'node-red';
import { variableOf } from '../../common/environment';
import { accountProperties, type LookUpRequest } from '../../definition/look-up-protocol';
import { nodeType } from '../../definition/node-type';
import type { CredentialsConfig, DomainConfig, Secrets } from '../../definition/stored-config';
import { explained } from '../../errors/errors';
import { because } from '../../errors/reasons';
import { credentialProvider } from '../config/credentials';
import { given } from '../config/environment';
import { type Location, locationOf } from '../config/settings';

/** An account that a look-up may ask. */
export interface Connection {
  readonly location: Location;
  readonly domainId: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** Tells accounts apart; no secret can be read from it. */
  readonly key: string;
}

type Properties = Readonly<Record<string, unknown>>;

/** Whether all that a look-up would use is deployed just so; if not, it takes someone who may deploy. */
export function isDeployed(RED: NodeAPI, { domain, credentials = {} }: LookUpRequest): boolean {
  return (
    sameAs(configOf(RED, domain.id), domain, accountProperties.domain) &&
    sameAs(configOf(RED, domain.auth), credentials, accountProperties.credentials) &&
    Object.keys(typedSecrets(RED, domain.auth, credentials.secrets)).length === 0
  );
}

/**
 * The account that the forms describe. Secrets that were not typed are taken from Node-RED's store, and
 * then go only to AWS or to an endpoint that was deployed with them. Throws `NOT_CONFIGURED` or `CREDENTIALS`.
 */
export function connectionOf(RED: NodeAPI, { domain, credentials = {} }: LookUpRequest): Connection {
  const { auth = '' } = domain;
  const location = locationOf(resolved(RED, domain, accountProperties.domain) as DomainConfig);
  const config = resolved(RED, credentials, accountProperties.credentials) as CredentialsConfig;
  const typed = typedSecrets(RED, auth, credentials.secrets);
  const stored = (RED.nodes.getCredentials(auth) ?? {}) as Secrets;
  const onlyTyped = config.method === 'keys' && typed.secretAccessKey !== undefined;
  if (!onlyTyped && location.endpoint && !endpointsOf(RED, auth).includes(location.endpoint)) {
    throw explained('NOT_CONFIGURED', because('otherEndpoint'));
  }
  const entered = onlyTyped ? { ...pick(stored, ['accessKeyId']), ...typed } : { ...stored, ...typed };
  const secrets: Secrets = resolved(RED, { id: auth, ...entered }, accountProperties.secrets);
  const { domainId = '' } = resolved(RED, domain, ['domainId']);
  return {
    location,
    domainId: String(given(domainId, "the domain node's domainId", 'domainId')).trim(),
    credentials: credentialProvider(config, secrets, location.region),
    key: createHash('sha256')
      .update(JSON.stringify([location, domainId, config, secrets]))
      .digest('hex'),
  };
}

/** Addresses of the deployed domain nodes that use these credentials. */
function endpointsOf(RED: NodeAPI, auth: string): string[] {
  const endpoints: string[] = [];
  RED.nodes.eachNode((node) => {
    const config = node as unknown as DomainConfig & { type: string };
    if (auth === '' || config.type !== nodeType('domain') || config.auth !== auth) return;
    endpoints.push(String(resolved(RED, config, ['endpoint']).endpoint ?? '').trim());
  });
  return endpoints;
}

function configOf(RED: NodeAPI, id: string | undefined): Properties | undefined {
  let found: Properties | undefined;
  RED.nodes.eachNode((node) => {
    if (id && node.id === id) found = node as unknown as Properties;
  });
  return found;
}

const sameAs = (deployed: Properties | undefined, asked: object, names: readonly string[]): boolean =>
  deployed !== undefined && names.every((name) => text(deployed[name]) === text((asked as Properties)[name]));

const text = (value: unknown): string => (value === undefined || value === false ? '' : String(value));

/** Those secrets that differ from what is stored; the access key ID travels in every form. */
function typedSecrets(RED: NodeAPI, auth: string | undefined, secrets: Secrets = {}): Secrets {
  const stored = (auth ? RED.nodes.getCredentials(auth) : undefined) as Secrets | undefined;
  const typed = accountProperties.secrets.filter((name) => secrets[name] && secrets[name] !== stored?.[name]);
  return pick(secrets, typed);
}

const pick = (secrets: Secrets, names: readonly (keyof Secrets)[]): Secrets =>
  Object.fromEntries(names.flatMap((name) => (secrets[name] ? [[name, secrets[name]]] : [])));

/** The named properties as the deployed node would see them: `${VAR}` replaced, unless the variable is not set. */
function resolved(RED: NodeAPI, config: object, names: readonly string[]): Properties {
  const { id } = config as { id?: string };
  const node = (id && RED.nodes.getNode(id)) || undefined;
  const entries = names.map((name) => {
    const value = (config as Properties)[name];
    if (typeof value !== 'string' || variableOf(value) === undefined) return [name, value];
    const found: unknown = RED.util.evaluateNodeProperty(value, 'env', node as never, {});
    return [name, found === '' ? value : found];
  });
  return Object.fromEntries(entries);
}
