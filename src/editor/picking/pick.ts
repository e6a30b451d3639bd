import type { NameSource } from '../../definition/field';
import type { Choice, FieldChoice, LookUpRequest } from '../../definition/look-up-protocol';
import { inputOf, inputPrefix, isEnvironment, isOpen } from '../form/form';
import { tell } from '../form/hint';
import { accountOf, deciders, lookUp } from './account';
import { type ComboboxOptions, combobox } from './combobox';
import { idIn, showFound, showsName } from './named';
import { cityOf, regionChoices } from './regions';
import { inWords } from './unanswered';

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

/** Names for the ids that were shown, each of its account. */
const names = new Map<string, string>();
/** Texts that are neither an id nor a name in an account, as far as the service was asked. */
const absent = new Set<string>();

/** What a box that takes ids by name asks of its surroundings. */
interface NameBox {
  /** Whose row gets the hints. */
  readonly row?: JQuery;
  /** Whether names are offered just now. */
  isActive?(): boolean;
}

/** Offers names in a box that stands for an id, and says below it the id, or why there are no names. */
export function offerNames(
  node: EditorNode,
  pick: NameSource | 'customFields',
  box: JQuery,
  { row = box, isActive = () => true }: NameBox = {},
): void {
  const tellId = () => isActive() && tell(row, showsName(box) && idIn(box) !== box.val() ? idIn(box) : '');
  const search: ComboboxOptions['search'] = async (text, typed, signal) => {
    const wanted = !typed && (showsName(box) || cityOf(text) !== '') ? '' : text;
    if (pick === 'regions') return matching(regionChoices, wanted, ({ type }) => type);
    const account = accountOf(node);
    tell(row, node._(account ? 'pick.searching' : 'pick.noDomain'));
    if (!account) return [];
    signal.addEventListener('abort', tellId);
    try {
      const found = await sources[pick](node, account, wanted);
      remember(account, found);
      const shown = pick === 'cases' ? found : matching(found, wanted);
      if (!signal.aborted) shown.length === 0 ? tell(row, node._('pick.none')) : tellId();
      return shown;
    } catch (problem) {
      if (!signal.aborted) tell(row, node._('pick.failed', { reason: inWords(problem) }));
      return [];
    }
  };
  combobox(box, { search, isActive, pauseMs: pick === 'cases' ? pauseMs : 0 });
  if (pick === 'regions') return;

  const initially = idIn(box);
  /** Shows the name of an id, and takes the id of a name. */
  const judge = async () => {
    const text = idIn(box);
    if (!isActive() || showsName(box) || text === '' || isEnvironment(text)) return tellId();
    const question = keyOf(node, pick, text);
    const wasAbsent = absent.has(question);
    const known = names.get(idKey(accountOf(node), text));
    const found = known === undefined ? await find(node, pick, text) : { id: text, name: known };
    if (!isOpen(node)) return takeLate(node, row, text, text === initially ? text : found?.id);
    if (!isActive() || idIn(box) !== text) return;
    if (keyOf(node, pick, text) !== question) return judge();
    if (found) showFound(box, found);
    if (found && found.id === text && !wasAbsent) tellId();
    else if (found || isAbsent(node, pick, text)) box.trigger('change', [judged]);
  };
  /** Another account may call the id otherwise, or not have it. */
  const judgeAgain = () => {
    // Below an empty box stands what others say of it.
    if (!isActive() || box.val() === '') return;
    // What is said below stays until the answer: a click on its way would get lost.
    if (showsName(box))
      box.val(idIn(box)).removeData('named').closest('.form-row').addClass('connect-cases-touched');
    box.trigger('change');
  };
  for (const name of deciders) inputOf(node, name).on('change', judgeAgain);
  box.on('change', (_event, cause) => {
    if (cause === judged) tellId();
    else judge();
  });
  judge();
}

/** An answer that came after Done puts the id in place of its name, and may change the verdict on the node. */
function takeLate(node: EditorNode, row: JQuery, text: string, id = text): void {
  if (!RED.nodes.node(node.id)) return;
  const property = String(row.attr('id')).slice(inputPrefix(node).length + 1);
  if (id !== text && node[property] === text) {
    Object.assign(node, { [property]: id, changed: true });
    RED.nodes.dirty(true);
  }
  RED.editor.validateNode(node);
  node.dirty = true;
  RED.view.redraw();
}

/** Says of a change that it comes from looking up what is in the box. */
const judged = 'judged';

/** What has this id, or alone has this name. Undefined where there is none, or where nobody can be asked. */
async function find(
  node: EditorNode,
  pick: Exclude<NameSource, 'regions'> | 'customFields',
  text: string,
): Promise<Choice | undefined> {
  const account = accountOf(node);
  if (!account) return undefined;
  const question = keyOf(node, pick, text);
  try {
    const byId =
      pick === 'cases' && !/\s/.test(text) ? await lookUp('case', { ...account, caseId: text }) : [];
    const found = byId.length > 0 ? byId : await sources[pick](node, account, text);
    remember(account, found);
    const named = found.filter(({ name }) => name === text);
    const match = found.find(({ id }) => id === text) ?? (named.length === 1 ? named[0] : undefined);
    if (match) absent.delete(question);
    else if (named.length === 0 && isCertain(pick, text)) absent.add(question);
    return match;
  } catch {
    return undefined;
  }
}

/** Not all ids are in the lists: a case has an ARN, too, and system fields have names in small letters. */
const isCertain = (pick: NameSource | 'customFields', text: string): boolean =>
  !text.startsWith('arn:') && !(pick === 'fields' && /^[a-z_]+$/.test(text));

const keyOf = (node: EditorNode, pick: string, text: string): string =>
  JSON.stringify([pick, text, accountOf(node)]);

/** Whether the service has said that a text is neither an id nor a name. */
export const isAbsent = (node: EditorNode, pick: NameSource | 'customFields', text: string): boolean =>
  absent.size > 0 && absent.has(keyOf(node, pick, text));

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

/** Those whose name, id or whatever else they are known by holds the text. */
function matching<Found extends Choice>(
  choices: readonly Found[],
  text: string,
  alias: (choice: Found) => string = () => '',
): readonly Found[] {
  const wanted = text.trim().toLowerCase();
  return choices.filter((choice) =>
    `${choice.name}\n${choice.id}\n${alias(choice)}`.toLowerCase().includes(wanted),
  );
}
