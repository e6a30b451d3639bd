import type { Hint, Pick } from '../definition';
import { prepareConnectionTest } from './connection-test';
import { inputOf, inputPrefix, nameTypedInput } from './form';
import { hintFor, tell } from './hint';
import { nameOf, searchFor } from './pick';
import { preparePreview } from './preview';
import { prepareRows } from './rows';

/** Brings a form to life: typed inputs, pickers, hints, and rows that show only while they matter. */
export function prepare(node: EditorNode): void {
  const form = $(`#${inputPrefix(node)}-name`).closest<HTMLElement>('.connect-cases');
  fillDefaults(node);
  form.find<HTMLInputElement>('input[data-types]').each((_index, input) => prepareTyped(node, $(input)));
  form.find<HTMLInputElement>('input[data-pick]:not([data-types])').each((_index, input) => {
    $(input).autoComplete({ search: searchFor(node, $(input).data('pick'), $(input)), minLength: 0 });
    $(input).on('change', () => tell($(input), nameOf(String($(input).val()))));
  });
  prepareRows(node);
  prepareConditions(node, form);
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
    types: types.map((type) => {
      if (type === 'rows') return { value: 'rows', label: node._('option.fields.rows'), hasValue: false };
      return type === 'str' && pick ? pickableText(node, pick, input) : type;
    }),
    typeField: `#${input.attr('id')}Type`,
  });
  nameTypedInput(input, node._(`field.${String(input.attr('id')).replace('node-input-', '')}`));
  const follow = () => {
    const text = input.typedInput('value');
    const type = input.typedInput('type');
    tell(input, hint ? hintFor(node, hint, type, text) : pick && type === 'str' ? nameOf(text) : '');
  };
  input.on('change', follow);
  follow();
}

/** Node-RED's own text type, with names offered while typing. */
const pickableText = (node: EditorNode, pick: Pick, input: JQuery) => ({
  value: 'str',
  label: 'string',
  icon: 'red/images/typedInput/az.svg',
  autoComplete: searchFor(node, pick, input),
});

function prepareConditions(node: EditorNode, form: JQuery): void {
  const follow = () => {
    form.find<HTMLElement>('[data-when]').each((_index, row) => {
      const [property = '', values = ''] = String($(row).data('when')).split('=');
      $(row).toggle(values.split(',').includes(String($(`#${inputPrefix(node)}-${property}`).val())));
    });
  };
  form.on('change', 'select, input', follow);
  follow();
}
