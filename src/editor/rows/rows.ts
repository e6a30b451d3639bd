import { inputOf, isEnvironment, nameTypedInput, shownInputOf } from '../form/form';
import { tell } from '../form/hint';
import { validateRow } from '../form/validate';
import { customFieldsOf, nameOf, offerNames, optionsOf } from '../picking/pick';
import { readRows, rowList, rowOf } from './row-list';
import { messageTypes, type RowType, rowTypeOf } from './row-types';

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
    .typedInput({ default: 'str', types: typedTypes(node, rowTypeOf(undefined).types) })
    .typedInput('type', valueType ?? 'str')
    .typedInput('value', value);
  nameTypedInput(input, node._('field.rowValue'));

  let rowType = rowTypeOf(undefined);
  let fittedTo = '';
  const judge = () => {
    const row = rowOf(container);
    const blank = row.id === '' || row.value === '';
    const verdict = blank ? true : verdictOn(node, row, rowType);
    const wrong = verdict !== true;
    shownInputOf(input).attr('aria-invalid', String(wrong)).add(field).toggleClass('input-error', wrong);
    tell(field, nameOf(row.id));
    tell(field, wrong ? verdict : '', 'reason');
    inputOf(node, 'fields').trigger('change');
  };
  const follow = async () => {
    judge();
    const id = String(field.val());
    if (id === fittedTo) return;
    const fields = await customFieldsOf(node).catch(() => []);
    const type = fields.find((candidate) => candidate.id === id)?.type;
    const options = type === 'SingleSelect' ? await optionsOf(node, id).catch(() => []) : [];
    // Answers come late and in any order, and the value's own list may be open by then.
    if (!type || field.val() !== id || id === fittedTo) return;
    fittedTo = id;
    const keep = { type: input.typedInput('type'), value: input.typedInput('value') };
    rowType = rowTypeOf(type);
    const { types, example = '' } = rowType;
    input.typedInput('types', typedTypes(node, types, options));
    const fits = types.includes(keep.type) || messageTypes.includes(keep.type);
    input.typedInput('type', fits ? keep.type : (types[0] ?? 'str')).typedInput('value', keep.value);
    shownInputOf(input).attr('placeholder', example);
    nameTypedInput(input, node._('field.rowValue'));
    judge();
  };
  offerNames(node, 'customFields', field);
  field.on('change', follow);
  input.on('change', judge);
  if (id) follow();
}

/** True, or why a row can't be sent: the service would refuse it, or it does not look like what its field holds. */
function verdictOn(node: EditorNode, row: Row, { example = '', fits }: RowType): true | string {
  const verdict = validateRow(node, row);
  if (verdict !== true || row.valueType !== 'str' || isEnvironment(row.value)) return verdict;
  return !fits || fits(row.value) || node._('problem.format', { path: node._('field.rowValue'), example });
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
