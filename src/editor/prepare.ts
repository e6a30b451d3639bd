import { prepareRows } from './rows';

/** Brings a form to life: typed inputs, and rows that show only while they matter. */
export function prepare(node: EditorNode, input: string): void {
  const form = $('#dialog-form');
  form.find<HTMLInputElement>('input[data-types]').each((_index, element) => {
    const types = String($(element).data('types')).split(',');
    $(element).typedInput({
      default: types[0],
      types: types.map((type) => (type === 'rows' ? rowsType(node) : type)),
      typeField: `#${element.id}Type`,
    });
  });
  prepareRows(node);

  const follow = () => {
    form.find<HTMLElement>('[data-when]').each((_index, element) => {
      const [property = '', values = ''] = String($(element).data('when')).split('=');
      $(element).toggle(values.split(',').includes(String($(`#${input}-${property}`).val())));
    });
  };
  form.on('change', 'select, input', follow);
  follow();
}

const rowsType = (node: EditorNode) => ({
  value: 'rows',
  label: node._('option.fields.rows'),
  hasValue: false,
});
