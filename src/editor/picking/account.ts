import {
  accountProperties,
  type LookUpAnswer,
  type LookUpRequest,
  type LookUps,
  lookUpPath,
} from '../../definition/look-up-protocol';
import { nodeType } from '../../definition/node-type';
import type { Reason } from '../../errors/reasons';
import { currentValue, domainOf, inputPrefix, isOpen, openForms } from '../form/form';
import { post, type Refused } from '../post';
import { typedInPlace } from './in-place';
import { Unanswered } from './unanswered';

/** What the editor shows in place of a stored password. */
const unchanged = '__PWRD__';

/** The properties of a form that decide whom it asks. */
export const deciders: readonly string[] = [
  'domain',
  ...accountProperties.domain.filter((name) => name !== 'domainId'),
];

/** The account of a form, with what was just typed: the domain node that is chosen, or the form itself. */
export function accountOf(node: EditorNode): LookUpRequest | undefined {
  const domain = inputPrefix(node) === 'node-input' ? domainOf(node) : domainsOf(node)[0];
  if (!domain && !node.type.endsWith('-credentials')) return undefined;
  const credentials = node.type.endsWith('-credentials')
    ? node
    : domain && nodeNamed(currentValue(domain, 'auth'));
  const inPlace = domain && typedInPlace(domain);
  return {
    domain: {
      ...(domain ? { id: domain.id, ...pick(domain, accountProperties.domain) } : { region: 'us-east-1' }),
      ...(credentials && { auth: credentials.id }),
    },
    ...(credentials && {
      credentials: {
        id: credentials.id,
        ...pick(credentials, accountProperties.credentials),
        secrets: secretsOf(credentials),
      },
    }),
    ...(inPlace && { credentials: { ...inPlace.properties, secrets: inPlace.secrets } }),
  };
}

/** A domain node itself; for a credentials node all domains that use it, with the one whose form is open below it. */
export function domainsOf(node: EditorNode): EditorNode[] {
  if (isDomain(node)) return [node];
  const found = new Map<string, EditorNode>();
  const add = (domain: EditorNode) => {
    if (isDomain(domain) && uses(domain, 'auth', node)) found.set(domain.id, domain);
  };
  RED.nodes.eachConfig(add);
  openForms().forEach(add);
  return [...found.values()];
}

const isDomain = ({ type }: EditorNode): boolean => type === nodeType('domain');

/** Whether a property names a config node, as the open form has it, or because the config node is added from there. */
export function uses(node: EditorNode, property: string, config: EditorNode): boolean {
  return currentValue(node, property) === config.id || isAddedFrom(node, config);
}

function isAddedFrom(node: EditorNode, config: EditorNode): boolean {
  if (RED.nodes.node(config.id)) return false;
  const forms = openForms();
  const at = forms.findIndex(({ id }) => id === config.id);
  return forms[at - 1]?.id === node.id;
}

const nodeNamed = (id: unknown): EditorNode | null => (typeof id === 'string' ? RED.nodes.node(id) : null);

const pick = (node: EditorNode, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, currentValue(node, name)]));

/** Only what was typed: stored passwords never come to the browser, and blank ones are left to the runtime. */
function secretsOf(node: EditorNode): Record<string, string> {
  const entries = accountProperties.secrets.map((name) => [
    name,
    isOpen(node) ? currentValue(node, name) : node.credentials?.[name],
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value && value !== unchanged));
}

/** Questions that are not answered yet. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Asks the runtime, once for all who want to know the same at the same time. Rejects with `Unanswered` where
 * nothing could be found out.
 */
export function lookUp<Name extends keyof LookUps>(
  name: Name,
  request: LookUpRequest,
): Promise<LookUps[Name]> {
  const question = JSON.stringify([name, request]);
  const asked = underWay.get(question) ?? ask(name, request).finally(() => underWay.delete(question));
  underWay.set(question, asked);
  return asked as Promise<LookUps[Name]>;
}

async function ask<Name extends keyof LookUps>(name: Name, request: LookUpRequest): Promise<LookUps[Name]> {
  const answer = await post<LookUpAnswer<LookUps[Name]>>(`${lookUpPath}/${name}`, request);
  if ('found' in answer) return answer.found;
  throw new Unanswered('reason' in answer ? answer.reason : refusalOf(answer));
}

/** Why Node-RED did not let the question through. */
function refusalOf({ status }: Refused): Reason {
  if (status === 0) return { key: 'noNodeRed', params: {} };
  return status === 401 || status === 403
    ? { key: 'notAllowed', params: {} }
    : { key: 'http', params: { status } };
}
