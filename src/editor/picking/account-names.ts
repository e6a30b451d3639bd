import type { NameSource } from '../../definition/field';
import type { Choice, FieldChoice, LookUpRequest } from '../../definition/look-up-protocol';
import { inputOf } from '../form/form';
import { accountOf, lookUp } from './account';

/** What the service has by name. */
export type Named = Exclude<NameSource, 'regions'> | 'customFields';

type Source = (node: EditorNode, account: LookUpRequest, text: string) => Promise<readonly Choice[]>;

/** Where the names come from. */
const sources: Readonly<Record<Named, Source>> = {
  cases: (_node, account, search) => lookUp('cases', { ...account, search }),
  domains: (_node, account) => lookUp('domains', account),
  /** The service accepts only the status of a case. */
  slaFields: async (_node, account) => (await lookUp('fields', account)).filter(({ id }) => id === 'status'),
  slaOptions: (node, account) => {
    const typed = inputOf(node, 'fieldIdType').val() === 'str' ? inputOf(node, 'fieldId').val() : '';
    return lookUp('options', { ...account, fieldId: String(typed || 'status') });
  },
  fields: (_node, account) => lookUp('fields', account),
  templates: (_node, account) => lookUp('templates', account),
  customFields: async (_node, account) => (await lookUp('fields', account)).filter(({ custom }) => custom),
};

/** Names for the ids that were shown, each of its account. */
const names = new Map<string, string>();
/** Texts that are neither an id nor a name in an account, as far as the service was asked. */
const absent = new Set<string>();

/** What goes with a text; a case is found by the service, all others are given. Rejects where they can't be had. */
export async function search(
  node: EditorNode,
  pick: Named,
  account: LookUpRequest,
  text: string,
): Promise<readonly Choice[]> {
  const found = await sources[pick](node, account, text);
  remember(account, found);
  return found;
}

/** What has this id, or alone has this name. Undefined where there is none, or where nobody can be asked. */
export async function find(node: EditorNode, pick: Named, text: string): Promise<Choice | undefined> {
  const account = accountFor(node, pick);
  if (!account) return undefined;
  const question = keyOf(node, pick, text);
  try {
    const byId =
      pick === 'cases' && !/\s/.test(text) ? await lookUp('case', { ...account, caseId: text }) : [];
    remember(account, byId);
    const found = byId.length > 0 ? byId : await search(node, pick, account, text);
    const named = found.filter(({ name }) => name === text);
    const match = found.find(({ id }) => id === text) ?? (named.length === 1 ? named[0] : undefined);
    if (match) absent.delete(question);
    else if (named.length === 0 && isCertain(pick, text)) absent.add(question);
    return match;
  } catch {
    return undefined;
  }
}

/** Whom a box asks: which domains there are does not depend on the one that is in it. */
export function accountFor(node: EditorNode, pick: NameSource | 'customFields'): LookUpRequest | undefined {
  const account = accountOf(node);
  return account && pick === 'domains'
    ? { ...account, domain: { ...account.domain, domainId: '' } }
    : account;
}

/** Not all ids are in the lists: a case has an ARN, too, and system fields have names in small letters. */
const isCertain = (pick: Named, text: string): boolean =>
  !text.startsWith('arn:') && !(pick === 'fields' && /^[a-z_]+$/.test(text));

/** What is asked of the service about a text, by which its answer is remembered. */
export const keyOf = (node: EditorNode, pick: Named, text: string): string =>
  JSON.stringify([pick, text, accountFor(node, pick)]);

/** Whether the service has said that a text is neither an id nor a name. */
export const isAbsent = (node: EditorNode, pick: NameSource | 'customFields', text: string): boolean =>
  pick !== 'regions' && absent.size > 0 && absent.has(keyOf(node, pick, text));

/** The name of an id that was shown before; undefined where it was not, in this account. */
export const knownName = (node: EditorNode, pick: Named, id: string): string | undefined =>
  names.get(idKey(accountFor(node, pick), id));

const idKey = (account: LookUpRequest | undefined, id: string): string => JSON.stringify([id, account]);

const remember = (account: LookUpRequest, found: readonly Choice[]): void => {
  for (const { id, name } of found) names.set(idKey(account, id), name);
};

/** The options of a field of the type SingleSelect. */
export const optionsOf = (node: EditorNode, fieldId: string): Promise<readonly Choice[]> =>
  withAccount(node, (account) => lookUp('options', { ...account, fieldId }));

/** The fields that a list offers, with their types; rejects where they can't be had. */
export const caseFieldsOf = async (
  node: EditorNode,
  offers: 'fields' | 'customFields',
): Promise<readonly FieldChoice[]> => {
  const fields = await withAccount(node, async (account) => {
    const found = await lookUp('fields', account);
    remember(account, found);
    return found;
  });
  return fields.filter(({ custom }) => custom || offers === 'fields');
};

/** The fields that a case of this template has to have; rejects where they can't be had. */
export const requiredFieldsOf = (node: EditorNode, templateId: string): Promise<readonly Choice[]> =>
  withAccount(node, (account) => lookUp('template', { ...account, templateId }));

const withAccount = <Found>(node: EditorNode, run: (account: LookUpRequest) => Promise<Found>) => {
  const account = accountOf(node);
  return account ? run(account) : Promise.reject(new Error(node._('pick.noDomain')));
};
