import { type Author, authorKinds } from '../../definition/author';
import type { DomainConfig } from '../../definition/stored-config';
import type { DeliverySettings } from '../../delivery/delivery';
import { CasesError } from '../../errors/errors';
import { because, type Reason } from '../../errors/reasons';
import { check } from '../../model/check';
import { describe } from '../../model/describe';
import { illegible } from '../../model/legible';
import { DomainId, deliveryDefaults, delivery as limits, Region, UserUnion } from '../../model/limits';
import type { Schema } from '../../model/schema';
import { checkEndpointVariable, flag, given, isHttpUrl } from './environment';

/** Which service to talk to. */
export interface Location {
  readonly region: string;
  /** Left out: the AWS endpoint of the region. */
  readonly endpoint?: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
}

export interface DomainSettings extends Location {
  readonly domainId: string;
  readonly performedBy?: Author<string>;
  readonly delivery: DeliverySettings;
  /** Where messages wait. */
  readonly store: 'disk' | 'memory';
}

/** The settings of a domain node. Throws `NOT_CONFIGURED` that names the property and what it may be. */
export function domainSettings(config: DomainConfig): DomainSettings {
  const domainId = text('domainId', config.domainId);
  demand('domainId', DomainId, domainId);
  const performedBy = performedByOf(config);
  return {
    ...locationOf(config),
    domainId,
    ...(performedBy && { performedBy }),
    delivery: {
      rate: rateOf(config.rate),
      burst: number('burst', config.burst),
      maxWaiting: number('maxWaiting', config.maxWaiting),
      deadlineSeconds: number('deadlineSeconds', config.deadlineSeconds),
      timeoutSeconds: number('timeoutSeconds', config.timeoutSeconds),
      ambiguous: choiceOf('ambiguous', config.ambiguous, ['verify', 'resend', 'fail']),
    },
    store: choiceOf('store', config.store, ['disk', 'memory']),
  };
}

/** Where the service is. Throws `NOT_CONFIGURED`. */
export function locationOf(
  config: Pick<DomainConfig, 'region' | 'endpoint' | 'fips' | 'dualStack'>,
): Location {
  const region = text('region', config.region).toLowerCase();
  if (check(Region, region)) {
    throw notConfigured(
      'region',
      region ? `is ${describe(region)}` : 'is missing',
      'for example eu-central-1',
      region ? wrong('region', region) : because('blank', { field: 'region' }),
    );
  }
  const endpoint = text('endpoint', config.endpoint);
  const fips = flag(config.fips, "the domain node's fips", 'fips');
  const dualStack = flag(config.dualStack, "the domain node's dualStack", 'dualStack');
  if (!endpoint) checkEndpointVariable('CONNECTCASES');
  if (endpoint && !isHttpUrl(endpoint)) {
    throw notConfigured(
      'endpoint',
      `is ${describe(endpoint)}`,
      'an address that starts with https:// or http://',
      wrong('endpoint', endpoint),
    );
  }
  if (endpoint && (fips || dualStack)) {
    throw notConfigured(
      fips ? 'fips' : 'dualStack',
      'is on together with an endpoint of your own',
      'one of the two: leave the endpoint blank, or turn FIPS and dual-stack off',
      because('fipsOrEndpoint'),
    );
  }
  return { region, fips, dualStack, ...(endpoint && { endpoint }) };
}

function performedByOf({ performedByKind = 'none', performedBy }: DomainConfig): Author<string> | undefined {
  if (performedByKind === 'none') return undefined;
  const kind = authorKinds.find((known) => known === performedByKind);
  if (!kind) {
    const allowed = `none, ${authorKinds.join(' or ')}`;
    throw notConfigured('performedByKind', `is ${describe(performedByKind)}`, allowed);
  }
  const value = text('performedBy', performedBy);
  demand('performedBy', UserUnion[kind], value);
  return { kind, value };
}

function rateOf(rate: string | number | undefined): 'auto' | number {
  return rate === undefined || rate === '' || rate === 'auto' ? 'auto' : inBounds('rate', rate, 'auto or ');
}

/** One of `options`; blank: the first. */
function choiceOf<const Option extends string>(
  name: string,
  value: string | undefined,
  options: readonly [Option, ...Option[]],
): Option {
  const chosen = setting(name, value) || options[0];
  const known = options.find((option) => option === chosen);
  if (known !== undefined) return known;
  const allowed = `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`;
  throw notConfigured(name, `is ${describe(chosen)}`, allowed);
}

const number = (name: keyof typeof deliveryDefaults, value: string | number | undefined): number =>
  value === undefined || value === '' ? deliveryDefaults[name] : inBounds(name, value);

function inBounds(name: keyof typeof limits, value: string | number, before = ''): number {
  const { min = 0, max = 0 } = limits[name];
  const found = Number(setting(name, value));
  if (found >= min && found <= max) return found;
  throw notConfigured(name, `is ${describe(value)}`, `${before}a number from ${min} to ${max}`);
}

const setting = <Value>(name: string, value: Value): Value => given(value, `the domain node's ${name}`, name);
const text = (name: string, value: string | undefined): string => String(setting(name, value) ?? '').trim();

function demand(name: string, schema: Schema, text: string): void {
  const problem = check(schema, text || undefined) ?? illegible(schema, text);
  if (!problem) return;
  const { rule, params } = problem;
  throw notConfigured(
    name,
    rule === 'required' ? 'is missing' : rule === 'length' ? `has ${params.got} characters` : 'is not valid',
    rule === 'entity'
      ? 'letters from A to Z, digits, blanks and _ - . @ : /'
      : 'a text of 1 to 500 characters',
  );
}

const wrong = (field: string, value: string): Reason =>
  because('wrongSetting', { field, got: describe(value) });

const notConfigured = (field: string, what: string, allowed: string, reason?: Reason): CasesError => {
  const text = `The domain node's ${field} ${what}. Set it to ${allowed}.`;
  return new CasesError('NOT_CONFIGURED', text, { field }, undefined, reason);
};
