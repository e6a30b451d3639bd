import type { TextField, ValueField, ValueType } from '../../definition/field';
import { fieldsOf } from '../definitions';
import { prepareConnectionTest } from '../picking/connection-test';
import { prepareInPlace } from '../picking/in-place';
import { idIn } from '../picking/named';
import { prepareOnlyOne } from '../picking/only-one';
import { offerNames } from '../picking/pick';
import { prepareRequiredFields } from '../rows/required-fields';
import { prepareRows } from '../rows/rows';
import { fromMinutes, toMinutes } from '../values/duration';
import { prepareSources, type Sources } from '../values/sources';
import { prepareUsual } from '../values/usual';
import { prepareAuthor } from './author';
import { prepareFocus } from './focus';
import { holds, inputOf, openedForm, prepareConditions, shownInputOf } from './form';
import { isFresh, proposeDomain } from './fresh';
import { hintFor, tell } from './hint';
import { prepareButtons } from './keyboard';
import { preparePreview } from './preview';
import { prepareReasons } from './reasons';

/** Brings a form to life: sources, pickers, hints, and rows that show only while they matter. */
export function prepare(node: EditorNode): void {
  const form = openedForm(node);
  prepareTexts(node, form);
  fillDefaults(node);
  proposeDomain(node);
  proposeRegion(node);
  prepareRows(node);
  const sources: Sources[] = [];
  for (const [name, field] of Object.entries(fieldsOf(node.type))) {
    if (field.kind === 'value') sources.push(prepareValue(node, name, field));
    if (field.kind === 'text') prepareText(node, name, field);
    if (field.kind === 'choice' && field.explained) prepareExplained(node, name);
    if (field.kind === 'choice' && field.hint) prepareStore(node, name);
  }
  prepareUsual(sources, isFresh(node));
  prepareOutputs(node, form);
  prepareRequiredFields(node);
  prepareAuthor(node);
  prepareInPlace(node, form);
  prepareConditions(node, form);
  prepareReasons(node, form);
  preparePreview(node, form);
  prepareConnectionTest(node, form);
  prepareOnlyOne(node, form);
  prepareFocus(node, form);
  prepareButtons(form);
  prepareWidth(form);
}

/** Labels and options are called after their property; whatever else has a text names it. */
function prepareTexts(node: EditorNode, form: JQuery): void {
  const nameIn = (id = '') => id.replace(/^(node-input|node-config-input|connect-cases)-|-list$/g, '');
  const say = (element: HTMLElement, key: string) => void $(element).text(node._(key));
  form.find<HTMLElement>('[data-text]').each((_index, element) => say(element, $(element).data('text')));
  form
    .find<HTMLLabelElement>('label:empty')
    .each((_index, label) => say(label, `field.${nameIn(label.htmlFor)}`));
  form.find<HTMLOptionElement>('option:empty').each((_index, option) => {
    say(option, `option.${nameIn($(option).parent().attr('id'))}.${option.value}`);
  });
}

/** Labels stand above their inputs where there is no room beside them. */
function prepareWidth(form: JQuery): void {
  const follow = () => form.toggleClass('connect-cases-narrow', (form.width() ?? 0) < 340);
  const [element] = form;
  if (element) new ResizeObserver(follow).observe(element);
}

/** Keeps the number of outputs in step with what decides it. */
function prepareOutputs(node: EditorNode, form: JQuery): void {
  const field = fieldsOf(node.type).outputs;
  if (field?.kind !== 'outputs') return;
  const follow = () => inputOf(node, 'outputs').val(holds(node, field.two) ? 2 : 1);
  form.on('change', 'select', follow);
  follow();
}

/** A flow that was written by hand, or by an older version, leaves properties out. */
function fillDefaults(node: EditorNode): void {
  for (const [name, { value }] of Object.entries(node._def.defaults)) {
    if (node[name] !== undefined || value === undefined) continue;
    if (typeof value === 'boolean') inputOf(node, name).prop('checked', value);
    else inputOf(node, name).val(String(value));
  }
}

/** A new domain begins with the Region that Node-RED's environment names. */
function proposeRegion(node: EditorNode): void {
  const input = inputOf(node, 'region');
  if (isFresh(node) && input.val() === '') input.val(RED.settings.connectCasesDomainRegion ?? '');
}

function prepareText(node: EditorNode, name: string, field: TextField): void {
  const { pick, hint } = field;
  const input = inputOf(node, name);
  if (pick === 'regions') offerNames(node, pick, input.attr('placeholder', 'eu-central-1'));
  else if (pick) offerNames(node, pick, nameBox(node, input), { row: input });
  if (!hint) return;
  const follow = () => tell(input, hintFor(node, field, 'str', String(input.val())));
  input.add(decidersOf(node, field)).on('change input', follow);
  follow();
}

/** A box that shows names, in front of the input that keeps the id. */
function nameBox(node: EditorNode, input: JQuery): JQuery {
  const id = `${input.attr('id')}-box`;
  const box = $('<input type="text" class="connect-cases-box">')
    .attr({ id, placeholder: node._('pick.placeholder') })
    .val(String(input.val() ?? ''));
  $(`label[for="${input.attr('id')}"]`).attr('for', id);
  input.attr('type', 'hidden').after(box);
  return box
    .on('input', () => input.val(idIn(box)))
    .on('change', () => input.val(idIn(box)).trigger('change'));
}

function prepareValue(node: EditorNode, name: string, field: ValueField): Sources {
  const { pick, hint } = field;
  const input = inputOf(node, name);
  const sources = prepareSources(node, name, field, (type) => {
    if (type === 'rows') return { value: type, label: node._('option.fields.rows'), hasValue: false };
    if (type === 'str' && pick)
      return { ...text, export: (shown: string) => idIn(shownInputOf(input), shown) };
    if (type === 'num' && hint === 'duration') return { ...number, export: toMinutes };
    return type;
  });
  const isFixed = () => sources.type() === 'str';
  if (pick) offerNames(node, pick, shownInputOf(input), { row: input, isActive: isFixed });
  if (hint === 'duration') prepareDuration(sources);
  const follow = () => {
    const type: ValueType = sources.type();
    if (pick) {
      shownInputOf(input).attr('placeholder', isFixed() ? node._('pick.placeholder') : '');
      if (!isFixed()) tell(input, '');
    } else tell(input, hintFor(node, field, type, input.typedInput('value')));
  };
  input.on('change', follow);
  if (hint) {
    shownInputOf(input).on('input', follow);
    decidersOf(node, field).on('change', follow);
  }
  follow();
  return sources;
}

/** Node-RED's own types of a typed input, for one whose box shows something else than what it stands for. */
const text = { value: 'str', label: 'string', icon: 'red/images/typedInput/az.svg' };
const number = { value: 'num', label: 'number', icon: 'red/images/typedInput/09.svg' };

/** Shows minutes as people write them, as soon as the cursor is elsewhere. */
function prepareDuration({ input, type }: Sources): void {
  const box = shownInputOf(input);
  const show = () => {
    const isTyped = type() === 'num';
    box.attr('placeholder', isTyped ? '4 h' : '');
    if (isTyped && !box.is(':focus')) box.val(fromMinutes(toMinutes(String(box.val()))));
  };
  input.on('change', show);
  box.on('blur', show);
  show();
}

/** Says below a choice what goes with the answer. */
function prepareExplained(node: EditorNode, name: string): void {
  const select = inputOf(node, name);
  const follow = () => tell(select, node._(`explain.${name}.${select.val()}`));
  select.on('change', follow);
  follow();
}

/** Says below the choice of the disk why messages wait in memory nevertheless, where they do. */
function prepareStore(node: EditorNode, name: string): void {
  const { connectCasesDomainMemory: memory } = RED.settings;
  if (!memory) return;
  const select = inputOf(node, name);
  const follow = () => tell(select, select.val() === 'disk' ? node._(`hint.${memory.why}`, memory) : '');
  select.on('change', follow);
  follow();
}

/** The inputs that decide whether a field's hint is of use. */
const decidersOf = (node: EditorNode, { hintWhen = [] }: TextField | ValueField): JQuery =>
  hintWhen.flatMap(Object.keys).reduce((found, name) => found.add(inputOf(node, name)), $());
