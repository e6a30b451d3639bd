import type { NameSource } from '../../definition/field';
import type { Choice } from '../../definition/look-up-protocol';
import { inputOf, inputPrefix, isEnvironment, isOpen } from '../form/form';
import { tell } from '../form/hint';
import { deciders } from './account';
import { accountFor, find, isAbsent, keyOf, knownName, search } from './account-names';
import { type ComboboxOptions, combobox } from './combobox';
import { idIn, showFound, showsName } from './named';
import { cityOf, regionChoices } from './regions';
import { inWords } from './unanswered';

/** Milliseconds without a key before cases are searched. */
const pauseMs = 350;

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
  const offered: ComboboxOptions['search'] = async (text, typed, signal) => {
    const wanted = !typed && (showsName(box) || cityOf(text) !== '') ? '' : text;
    if (pick === 'regions') return matching(regionChoices, wanted, ({ type }) => type);
    const account = accountFor(node, pick);
    tell(row, node._(account ? 'pick.searching' : 'pick.noDomain'));
    if (!account) return [];
    signal.addEventListener('abort', tellId);
    try {
      const found = await search(node, pick, account, wanted);
      const shown = pick === 'cases' ? found : matching(found, wanted);
      if (!signal.aborted) shown.length === 0 ? tell(row, node._('pick.none')) : tellId();
      return shown;
    } catch (problem) {
      if (!signal.aborted) tell(row, node._('pick.failed', { reason: inWords(problem) }));
      return [];
    }
  };
  combobox(box, { search: offered, isActive, pauseMs: pick === 'cases' ? pauseMs : 0 });
  if (pick === 'regions') return;

  const initially = idIn(box);
  /** Shows the name of an id, and takes the id of a name. */
  const judge = async () => {
    const text = idIn(box);
    if (!isActive() || showsName(box) || text === '' || isEnvironment(text)) return tellId();
    const question = keyOf(node, pick, text);
    const wasAbsent = isAbsent(node, pick, text);
    const known = knownName(node, pick, text);
    const found = known === undefined ? await find(node, pick, text) : { id: text, name: known };
    if (!isOpen(node)) return takeLate(node, row, text, text === initially ? text : found?.id);
    if (!isActive() || idIn(box) !== text) return;
    if (keyOf(node, pick, text) !== question) return judge();
    if (found) showFound(box, found);
    if (found && found.id === text && !wasAbsent) tellId();
    else if (found || isAbsent(node, pick, text)) box.trigger('change', [judged]);
  };
  const whom = () => JSON.stringify(accountFor(node, pick));
  let asked = whom();
  /** Another account may call the id otherwise, or not have it. */
  const judgeAgain = () => {
    const before = asked;
    asked = whom();
    // Below an empty box stands what others say of it.
    if (!isActive() || box.val() === '') return;
    if (asked === before) return judge();
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
