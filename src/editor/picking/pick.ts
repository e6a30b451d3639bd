import type { NameSource } from '../../definition/field';
import type { Choice, FieldChoice, LookUpRequest } from '../../definition/look-up-protocol';
import { inputOf, isEnvironment } from '../form/form';
import { tell } from '../form/hint';
import { accountOf, lookUp } from './account';
import { type ComboboxOptions, combobox } from './combobox';

/** Regions of the service as known today; the list grows, so any other can be typed. */
const regions = [
  'us-east-1',
  'us-west-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'af-south-1',
];
/** Milliseconds without a key before cases are searched. */
const pauseMs = 350;

type Source = (node: EditorNode, account: LookUpRequest, text: string) => Promise<readonly Choice[]>;

/** Where the names come from. A case is found by the service, everything else is filtered here. */
const sources: Readonly<Record<Exclude<NameSource, 'regions'> | 'customFields', Source>> = {
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

/** Names for the ids that were shown, to be told below an input that holds one of them. */
const names = new Map<string, string>();

/**
 * Offers names while an id is typed into an input, and says below `row`, which is the input itself unless that
 * is part of a typed input, what is wrong.
 */
export function offerNames(
  node: EditorNode,
  pick: NameSource | 'customFields',
  input: JQuery,
  { row = input, isActive }: { row?: JQuery; isActive?: () => boolean } = {},
): void {
  const search: ComboboxOptions['search'] = async (text, typed, signal) => {
    const wanted = !typed && (regions.includes(text) || names.has(text)) ? '' : text;
    if (pick === 'regions') return matching(regions.map(toChoice), wanted);
    const account = accountOf(node);
    tell(row, node._(account ? 'pick.searching' : 'pick.noDomain'));
    if (!account) return [];
    signal.addEventListener('abort', () => tell(row, nameOf(text)));
    try {
      const found = await sources[pick](node, account, wanted);
      remember(found);
      const shown = pick === 'cases' ? found : matching(found, wanted);
      if (!signal.aborted) tell(row, shown.length === 0 ? node._('pick.none') : nameOf(text));
      return shown;
    } catch (problem) {
      const reason = problem instanceof Error ? problem.message : '';
      if (!signal.aborted) tell(row, node._('pick.failed', { reason }));
      return [];
    }
  };
  combobox(input, { search, pauseMs: pick === 'cases' ? pauseMs : 0, ...(isActive && { isActive }) });
}

/** Learns the name of an id that was saved earlier; resolves, too, where it can't be had. */
export async function learnName(node: EditorNode, pick: NameSource, id: string): Promise<void> {
  const account = accountOf(node);
  if (pick === 'regions' || id === '' || isEnvironment(id) || names.has(id) || !account) return;
  const asked =
    pick === 'cases' ? lookUp('case', { ...account, caseId: id }) : sources[pick](node, account, '');
  remember(await asked.catch(() => []));
}

const remember = (found: readonly Choice[]): void => {
  for (const { id, name } of found) names.set(id, name);
};

/** The name that goes with an id, if it was seen. */
export const nameOf = (id: string): string => names.get(id) ?? '';

/** The options of a field of the type SingleSelect. */
export const optionsOf = (node: EditorNode, fieldId: string): Promise<readonly Choice[]> =>
  withAccount(node, (account) => lookUp('options', { ...account, fieldId }));

/** The fields that a list offers, with their types; rejects where they can't be had. */
export const caseFieldsOf = async (
  node: EditorNode,
  offers: 'fields' | 'customFields',
): Promise<readonly FieldChoice[]> => {
  const fields = await withAccount(node, (account) => lookUp('fields', account));
  remember(fields);
  return fields.filter(({ custom }) => custom || offers === 'fields');
};

/** The fields that a case of this template has to have; rejects where they can't be had. */
export const requiredFieldsOf = (node: EditorNode, templateId: string): Promise<readonly Choice[]> =>
  withAccount(node, (account) => lookUp('template', { ...account, templateId }));

const withAccount = <Found>(node: EditorNode, run: (account: LookUpRequest) => Promise<Found>) => {
  const account = accountOf(node);
  return account ? run(account) : Promise.reject(new Error(node._('pick.noDomain')));
};

const toChoice = (id: string): Choice => ({ id, name: id });

/** Those whose name or id holds the text. */
function matching<Found extends Choice>(choices: readonly Found[], text: string): readonly Found[] {
  const wanted = text.trim().toLowerCase();
  return choices.filter(({ id, name }) => `${name}\n${id}`.toLowerCase().includes(wanted));
}
