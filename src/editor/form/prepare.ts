import type { Hint, Pick } from '../../definition/definition';
import { prepareConnectionTest } from '../picking/connection-test';
import { learnName, nameOf, offerNames } from '../picking/pick';
import { prepareRows } from '../rows/rows';
import { currentValue, holds, inputOf, inputPrefix, nameTypedInput, shownInputOf } from './form';
import { hintFor, tell } from './hint';
import { preparePreview } from './preview';

/** Brings a form to life: typed inputs, pickers, hints, and rows that show only while they matter. */
export function prepare(node: EditorNode): void {
  const form = $(`#${inputPrefix(node)}-name`).closest<HTMLElement>('.connect-cases');
  fillDefaults(node);
  prepareRows(node);
  form.find<HTMLInputElement>('input[data-types]').each((_index, input) => prepareTyped(node, $(input)));
  form.find<HTMLInputElement>('input[data-pick]:not([data-types])').each((_index, input) => {
    const pick = $(input).data('pick') as Pick;
    const follow = () => tell($(input), nameOf(String($(input).val())));
    offerNames(node, pick, $(input));
    $(input).on('change', follow);
    learnName(node, pick, String($(input).val())).then(follow);
  });
  form.find<HTMLInputElement>('input[data-hint]:not([data-types])').each((_index, element) => {
    const input = $(element);
    const follow = () => tell(input, hintFor(node, input.data('hint'), 'str', String(input.val())));
    input.add(inputOf(node, 'performedByKind')).on('change input', follow);
    follow();
  });
  prepareConditions(node, form);
  prepareReasons(node, form);
  preparePreview(node, form);
  prepareConnectionTest(node, form);
}

/** A flow that was written by hand, or by an older version, leaves properties out. */
function fillDefaults(node: EditorNode): void {
  for (const [name, { value }] of Object.entries(node._def.defaults)) {
    if (node[name] !== undefined || value === undefined) continue;
    if (typeof value === 'boolean') inputOf(node, name).prop('checked', value);
    else inputOf(node, name).val(String(value));
  }
}

function prepareTyped(node: EditorNode, input: JQuery): void {
  const types = String(input.data('types')).split(',');
  const pick = input.data('pick') as Pick | undefined;
  const hint = input.data('hint') as Hint | undefined;
  input.css('width', 'calc(100% - 138px)').typedInput({
    default: types[0],
    types: types.map((type) =>
      type === 'rows' ? { value: 'rows', label: node._('option.fields.rows'), hasValue: false } : type,
    ),
    typeField: `#${input.attr('id')}Type`,
  });
  nameTypedInput(input, node._(`field.${String(input.attr('id')).replace('node-input-', '')}`));
  const isText = () => input.typedInput('type') === 'str';
  if (pick) offerNames(node, pick, shownInputOf(input), { row: input, isActive: isText });
  const follow = () => {
    const text = input.typedInput('value');
    const type = input.typedInput('type');
    tell(input, hint ? hintFor(node, hint, type, text) : pick && type === 'str' ? nameOf(text) : '');
  };
  input.on('change', follow);
  if (hint) {
    shownInputOf(input).on('input', follow);
    inputOf(node, 'performedByKind').on('change', follow);
  }
  follow();
  if (pick && isText()) learnName(node, pick, input.typedInput('value')).then(follow);
}

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
