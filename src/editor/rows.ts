import { inputOf, nameTypedInput } from './form';
import { tell } from './hint';
import { customFieldsOf, nameOf, optionsOf, searchFor } from './pick';
import { readRows, rowList, rowOf } from './row-list';
import { validateRow } from './validate';

const messageTypes = ['msg', 'flow', 'global', 'env', 'jsonata'];

/** The types of typed-in value that fit a case field, the best one first. */
const typesByField: Readonly<Record<string, readonly string[]>> = {
  Text: ['str'],
  Number: ['num'],
  Boolean: ['bool'],
  DateTime: ['str'],
  SingleSelect: ['str'],
  Url: ['str'],
  User: ['userArn'],
};
const anyTypes = ['str', 'num', 'bool', 'userArn', 'json'];

/** What a typed-in value of a field looks like. */
const examples: Readonly<Record<string, string>> = {
  DateTime: '2026-08-03T08:00:00Z',
  Url: 'https://',
  User: 'arn:aws:connect:…/agent/…',
};

/** The custom item's own list of fields: one row a field, by name, and its value. */
export function prepareRows(node: EditorNode): void {
  if (rowList().length === 0) return;
  rowList().editableList({
    height: 'auto',
    removable: true,
    sortable: true,
    addItem: (container: JQuery, index: number, row: Partial<Row>) =>
      addRow(node, container.addClass('form-row connect-cases-row'), index, row),
    removeItem: () => inputOf(node, 'fields').trigger('change'),
  });
  for (const row of node.rows ?? []) rowList().editableList('addItem', row);
}

function addRow(node: EditorNode, container: JQuery, index: number, row: Partial<Row>): void {
  container.siblings('.red-ui-editableList-item-remove').attr('aria-label', node._('row.remove'));
  const { id = '', value = '', valueType } = row;
  const field = $('<input type="text" class="connect-cases-id">')
    .attr({
      id: `connect-cases-row-${Date.now()}-${index}`,
      placeholder: node._('pick.placeholder'),
      'aria-label': node._('field.rowId'),
    })
    .val(id)
    .appendTo(container);
  const box = $('<div class="connect-cases-value-box">').appendTo(container);
  const input = $('<input type="text" class="connect-cases-value">')
    .css('width', '100%')
    .appendTo(box)
    .typedInput({ default: 'str', types: typedTypes(node, anyTypes) })
    .typedInput('type', valueType ?? 'str')
    .typedInput('value', value);
  nameTypedInput(input, node._('field.rowValue'));

  const judge = () => {
    const verdict = validateRow(node, rowOf(container));
    const wrong = verdict !== true && field.val() !== '' && input.typedInput('value') !== '';
    field.add(input.next().find('input')).toggleClass('input-error', wrong);
    tell(field, wrong ? verdict : nameOf(String(field.val())));
    inputOf(node, 'fields').trigger('change');
  };
  const follow = async () => {
    judge();
    const fields = await customFieldsOf(node).catch(() => []);
    const type = fields.find((candidate) => candidate.id === field.val())?.type;
    if (!type) return;
    const options = type === 'SingleSelect' ? await optionsOf(node, String(field.val())).catch(() => []) : [];
    const keep = { type: input.typedInput('type'), value: input.typedInput('value') };
    const types = typesByField[type] ?? anyTypes;
    input.typedInput('types', typedTypes(node, types, options));
    const fits = types.includes(keep.type) || messageTypes.includes(keep.type);
    input.typedInput('type', fits ? keep.type : (types[0] ?? 'str'));
    if (fits) input.typedInput('value', keep.value);
    input
      .next()
      .find('input')
      .attr('placeholder', examples[type] ?? '');
    nameTypedInput(input, node._('field.rowValue'));
    judge();
  };
  field.autoComplete({ search: searchFor(node, 'customFields', field), minLength: 0 });
  field.on('change', follow);
  input.on('change', judge);
  if (id) follow();
}

/** Options of a field are offered as a list of names. */
function typedTypes(
  node: EditorNode,
  types: readonly string[],
  options: readonly { id: string; name: string }[] = [],
): unknown[] {
  return [...types, ...messageTypes].map((type) => {
    if (type === 'userArn') {
      return { value: 'userArn', label: node._('option.fields.userArn'), icon: 'fa fa-user' };
    }
    if (type !== 'str' || options.length === 0) return type;
    return {
      value: 'str',
      label: node._('option.fields.choice'),
      icon: 'fa fa-list',
      options: options.map(({ id, name }) => ({ value: id, label: name })),
    };
  });
}

/** Writes the rows of the open form into the node. */
export function save(node: EditorNode): void {
  if (inputOf(node, 'rows-list').length > 0) node.rows = readRows();
}
