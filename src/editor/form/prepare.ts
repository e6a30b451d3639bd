import type { TextField, ValueField } from '../../definition/field';
import { fieldsOf } from '../definitions';
import { prepareConnectionTest } from '../picking/connection-test';
import { learnName, nameOf, offerNames } from '../picking/pick';
import { prepareRequiredFields } from '../rows/required-fields';
import { prepareRows } from '../rows/rows';
import { currentValue, holds, inputOf, inputPrefix, nameTypedInput, openedForm, shownInputOf } from './form';
import { hintFor, tell } from './hint';
import { preparePreview } from './preview';

/** Brings a form to life: typed inputs, pickers, hints, and rows that show only while they matter. */
export function prepare(node: EditorNode): void {
  const form = openedForm(node);
  fillDefaults(node);
  prepareRows(node);
  for (const [name, field] of Object.entries(fieldsOf(node.type))) {
    if (field.kind === 'value') prepareTyped(node, name, field);
    if (field.kind === 'text') prepareText(node, name, field);
  }
  prepareOutputs(node, form);
  prepareRequiredFields(node);
  prepareConditions(node, form);
  prepareReasons(node, form);
  preparePreview(node, form);
  prepareConnectionTest(node, form);
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

function prepareText(node: EditorNode, name: string, field: TextField): void {
  const { pick, hint } = field;
  const input = inputOf(node, name);
  const text = () => String(input.val());
  if (pick) {
    const follow = () => tell(input, nameOf(text()));
    offerNames(node, pick, input);
    input.on('change', follow);
    learnName(node, pick, text()).then(follow);
  }
  if (hint) {
    const follow = () => tell(input, hintFor(node, field, 'str', text()));
    input.add(decidersOf(node, field)).on('change input', follow);
    follow();
  }
}

function prepareTyped(node: EditorNode, name: string, field: ValueField): void {
  const { types, pick, hint } = field;
  const input = inputOf(node, name);
  input.css('width', 'calc(100% - 138px)').typedInput({
    default: types[0],
    types: types.map((type) =>
      type === 'rows' ? { value: 'rows', label: node._('option.fields.rows'), hasValue: false } : type,
    ),
    typeField: `#${input.attr('id')}Type`,
  });
  nameTypedInput(input, node._(`field.${name}`));
  const isText = () => input.typedInput('type') === 'str';
  if (pick) offerNames(node, pick, shownInputOf(input), { row: input, isActive: isText });
  const follow = () => {
    const text = input.typedInput('value');
    const type = input.typedInput('type');
    tell(input, hint ? hintFor(node, field, type, text) : pick && type === 'str' ? nameOf(text) : '');
  };
  input.on('change', follow);
  if (hint) {
    shownInputOf(input).on('input', follow);
    decidersOf(node, field).on('change', follow);
  }
  follow();
  if (pick && isText()) learnName(node, pick, input.typedInput('value')).then(follow);
}

/** The inputs that decide whether a field's hint is of use. */
const decidersOf = (node: EditorNode, { hintWhen = [] }: TextField | ValueField): JQuery =>
  hintWhen.flatMap(Object.keys).reduce((found, name) => found.add(inputOf(node, name)), $());

function prepareConditions(node: EditorNode, form: JQuery): void {
  const follow = () => {
    form.find<HTMLElement>('[data-when]').each((_index, row) => {
      $(row).toggle(holds(node, $(row).data('when')));
    });
  };
  form.on('change', 'select, input', follow);
  follow();
}

/** Says below each input why Node-RED marks it: its colour and its tooltip do not reach everyone. */
function prepareReasons(node: EditorNode, form: JQuery): void {
  const follow = () => {
    form.find<HTMLInputElement>('input[id], select[id]').each((_index, element) => {
      const input = $(element);
      const name = element.id.slice(inputPrefix(node).length + 1);
      const { validate } = node._def.defaults[name] ?? node._def.credentials?.[name] ?? {};
      if (!validate) return;
      const verdict = validate.call(node, currentValue(node, name), {});
      const wrong = verdict !== true;
      tell(input, wrong ? verdict : '', 'reason');
      shownInputOf(input)
        .attr('aria-invalid', String(wrong))
        .attr('aria-describedby', wrong ? `${element.id}-reason` : null);
      if (wrong) input.closest('details').prop('open', true);
    });
  };
  form.on('change input', 'input, select', follow);
  follow();
}
