/** What a flow stores; config nodes as Node-RED hands it over: `${VAR}` has been put in, so anything may be a text. */
import type { Field, Fields, Values } from './field';

/** A domain node. */
export interface DomainConfig {
  readonly name?: string;
  /** Id of the credentials config node. */
  readonly auth?: string;
  readonly region?: string;
  readonly domainId?: string;
  readonly endpoint?: string;
  readonly fips?: boolean | string;
  readonly dualStack?: boolean | string;
  readonly performedByKind?: string;
  readonly performedBy?: string;
  readonly rate?: string | number;
  readonly burst?: string | number;
  readonly maxWaiting?: string | number;
  readonly deadlineSeconds?: string | number;
  readonly timeoutSeconds?: string | number;
  readonly ambiguous?: string;
  readonly store?: string;
}

/** A credentials node. */
export interface CredentialsConfig {
  readonly name?: string;
  readonly method?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  readonly durationSeconds?: string | number;
  readonly source?: string;
  readonly tokenFile?: string;
}

/** What Node-RED keeps encrypted, apart from the flow. */
export interface Secrets {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** What a flow stores for the fields of a node that was just dropped, by the property's name. */
export const storedDefaults = (fields: Fields): Values =>
  Object.assign({}, ...Object.entries(fields).map(([name, field]) => stored(name, field)));

function stored(name: string, field: Field): Values {
  switch (field.kind) {
    case 'value':
      return { [name]: field.default, [`${name}Type`]: field.defaultType };
    case 'names':
    case 'checks':
      return { [name]: [] };
    case 'outputs':
      return { [name]: 1 };
    case 'node':
      return { [name]: '' };
    case 'rows':
    case 'text':
    case 'choice':
    case 'flag':
      return { [name]: field.default };
  }
}
