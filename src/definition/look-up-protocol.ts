/** What the editor asks the runtime to look up, and what it gets: names for ids. */
import type { Reason } from '../errors/reasons';
import type { OperationName } from '../model/operations';
import type { CredentialsConfig, DomainConfig, Secrets } from './stored-config';

/** Path of the admin routes, below Node-RED's own admin root. */
export const lookUpPath = 'connect-cases/look-up';

/** What of a domain node and its credentials decides whom a look-up asks: the editor sends it, the runtime compares it. */
export const accountProperties = {
  domain: ['auth', 'region', 'endpoint', 'domainId', 'fips', 'dualStack'],
  credentials: [
    'method',
    'source',
    'profile',
    'roleArn',
    'tokenFile',
    'externalId',
    'sessionName',
    'durationSeconds',
  ],
  secrets: ['accessKeyId', 'secretAccessKey', 'sessionToken'],
} as const satisfies {
  domain: readonly (keyof DomainConfig)[];
  credentials: readonly (keyof CredentialsConfig)[];
  secrets: readonly (keyof Secrets)[];
};

/** The account as the forms show it, deployed or not. A secret is there only if it was just typed. */
export interface LookUpRequest {
  readonly domain: DomainConfig & { readonly id?: string };
  readonly credentials?: CredentialsConfig & { readonly id?: string; readonly secrets?: Secrets };
  /** Words of a case's title. */
  readonly search?: string;
  /** The case whose title is wanted. */
  readonly caseId?: string;
  /** The field whose options are wanted. */
  readonly fieldId?: string;
  /** The template whose required fields are wanted. */
  readonly templateId?: string;
  /** For a connection test. */
  readonly needs?: FlowNeeds;
}

export interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface FieldChoice extends Choice {
  readonly type: string;
  readonly custom: boolean;
}

/** The operations that the pickers of the forms ask for, beside the list of domains. */
export const pickerOperations = [
  'GetDomain',
  'ListFields',
  'ListFieldOptions',
  'SearchCases',
  'GetCase',
] as const satisfies readonly OperationName[];

/** What the nodes of a flow need, which a connection test tries. */
export interface FlowNeeds {
  /** API operations of the nodes (`CreateCase`), and what delivery needs besides (`SearchRelatedItems`). */
  readonly operations: readonly string[];
  /** Types of the items that they add. */
  readonly types: readonly string[];
}

/** What a connection test says first; the editor has a sentence for each. */
const verdicts = [
  'ready',
  'noNames',
  'noSearch',
  'denied',
  'unclear',
  'chooseDomain',
  'noDomain',
  'noKeys',
  'keysRefused',
  'unreachable',
] as const;
export type Verdict = (typeof verdicts)[number];

/** One line of a connection test. */
export interface Finding {
  /** The IAM actions that were tried, several where all ended for the same reason. */
  readonly actions: readonly string[];
  /** `allowed`: the service would have done it, for a case that exists. */
  readonly outcome: 'works' | 'allowed' | 'denied' | 'untested' | 'failed';
  /** Where it works: who we are, or what was found. */
  readonly found?: string;
  /** Why it failed, was not tested or is not allowed. */
  readonly reason?: Reason;
}

export interface ConnectionTest {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** What each look-up answers. */
export interface LookUps {
  domains: readonly Choice[];
  fields: readonly FieldChoice[];
  options: readonly Choice[];
  templates: readonly Choice[];
  /** The fields that a case of the template has to have; the name of each is its id. */
  template: readonly Choice[];
  cases: readonly Choice[];
  case: readonly Choice[];
  test: ConnectionTest;
}

/** The answer of the admin route: what was found, or why nothing could be. */
export type LookUpAnswer<Found> = { readonly found: Found } | { readonly reason: Reason };
