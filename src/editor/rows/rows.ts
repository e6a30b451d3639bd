import type { RowsField } from '../../definition/field';
import { fieldsOf } from '../definitions';
import { inputOf, isEnvironment, isInOpenForm, nameTypedInput, shownInputOf } from '../form/form';
import { isFresh, settle } from '../form/fresh';
import { tell } from '../form/hint';
import { validateRow } from '../form/validate';
import { caseFieldsOf, optionsOf } from '../picking/account-names';
import { idIn, typeIn } from '../picking/named';
import { offerNames } from '../picking/pick';
import {
  checksOf,
  isChecks,
  type ListField,
  listFields,
  listOf,
  rowOf,
  rowsOf,
  storedRows,
  toStored,
} from './row-list';
import { messageTypes, type RowType, rowTypeOf, typedTypes } from './row-types';

/** The lists of case fields: one row a field, by name, and what belongs to it. */
export function prepareRows(node: EditorNode): void {
  for (const [name, field] of listFields(node)) prepareList(node, name, field);
  for (const [name, field] of Object.entries(fieldsOf(node.type))) {
    if (isChecks(field)) prepareChecks(node, name);
  }
}

function prepareList(node: EditorNode, name: string, field: ListField): void {
  const list = listOf(node, name);
  if (list.length === 0) return;
  list.editableList({
    height: 'auto',
    removable: true,
    sortable: true,
    addItem: (container: JQuery, index: number, row: Partial<Row>) =>
      addRow({ node, name, field }, container.addClass('form-row connect-cases-row'), index, row),
    removeItem: () => changed(node, name, field),
  });
  if (field.kind === 'names') tell(list, node._('none'));
  const stored = storedRows(node, name, field);
  const isWanted = stored.length === 0 && field.kind === 'rows' && field.of !== undefined && isFresh(node);
  for (const row of isWanted ? [{}] : stored) list.editableList('addItem', row);
}

/** Lets the form judge again what the list is part of. */
function changed(node: EditorNode, name: string, field: ListField): void {
  const of = field.kind === 'rows' ? field.of : undefined;
  (of ? inputOf(node, of) : listOf(node, name)).trigger('change');
}

function prepareChecks(node: EditorNode, name: string): void {
  const chosen = Array.isArray(node[name]) ? (node[name] as unknown[]) : [];
  checksOf(node, name).each((_index, box) => {
    $(box).prop('checked', chosen.includes($(box).val()));
  });
}

/** Which list a row is in. */
interface InList {
  readonly node: EditorNode;
  readonly name: string;
  readonly field: ListField;
}

function addRow(list: InList, container: JQuery, index: number, row: Partial<Row>): void {
  const { node, name, field: listField } = list;
  const offers = listField.kind === 'rows' ? listField.offers : 'fields';
  container.siblings('.red-ui-editableList-item-remove').attr('aria-label', node._('row.remove'));
  const { id = '', value = '', valueType, operator } = row;
  const field = $('<input type="text" class="connect-cases-id">')
    .attr({
      id: `connect-cases-${name}-${Date.now()}-${index}`,
      placeholder: `${node._('field.rowId')}: ${node._('pick.placeholder')}`,
      'aria-label': node._('field.rowId'),
    })
    .val(id)
    .appendTo(container);
  offerNames(node, offers, field);
  if (listField.kind === 'names') {
    field.on('change', () => changed(node, name, listField));
    return;
  }
  if (listField.operators) addOperator(node, container, listField.operators, operator);
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
    const verdict = blank ? true : verdictOn(node, row, rowType, offers);
    const wrong = verdict !== true;
    shownInputOf(input)
      .add(field)
      .toggleClass('input-error', wrong)
      .attr({
        'aria-invalid': String(wrong),
        'aria-describedby': wrong ? `${field.attr('id')}-reason` : null,
      });
    tell(field, wrong ? verdict : '', 'reason');
    changed(node, name, listField);
  };
  const follow = async () => {
    judge();
    const id = idIn(field);
    if (id === fittedTo) return;
    const type = typeIn(field) ?? (await typeOf(node, id, offers));
    const options = type === 'SingleSelect' ? await optionsOf(node, id).catch(() => []) : [];
    const fit = () => {
      // Answers come late and in any order: the row may be gone, or the value's own list open by then.
      if (!type || idIn(field) !== id || id === fittedTo || !isInOpenForm(node, field)) return;
      fittedTo = id;
      const text = input.typedInput('value');
      const keep = {
        type: input.typedInput('type'),
        value: options.find(({ name }) => name === text)?.id ?? text,
      };
      rowType = rowTypeOf(type);
      const { types, example = '' } = rowType;
      input.typedInput('types', typedTypes(node, types, options));
      const fits = types.includes(keep.type) || messageTypes.includes(keep.type);
      input.typedInput('type', fits ? keep.type : (types[0] ?? 'str')).typedInput('value', keep.value);
      shownInputOf(input).attr('placeholder', example);
      nameTypedInput(input, node._('field.rowValue'));
      judge();
    };
    // Nobody's box is taken away while they type in it.
    const shown = shownInputOf(input);
    if (shown.is(':focus')) shown.one('blur', fit);
    else fit();
  };
  field.on('change', follow);
  input.on('change', judge);
  if (id) follow();
}

/** The type of a field whose id was typed; undefined where the account has none of it, or can't be asked. */
async function typeOf(
  node: EditorNode,
  id: string,
  offers: RowsField['offers'],
): Promise<string | undefined> {
  const fields = await caseFieldsOf(node, offers).catch(() => []);
  return fields.find((field) => field.id === id)?.type;
}

/** True, or why a row can't be sent: the service would refuse it, or it does not look like what its field holds. */
function verdictOn(
  node: EditorNode,
  row: Row,
  { example = '', fits }: RowType,
  offers: RowsField['offers'],
): true | string {
  const verdict = validateRow(node, row, offers);
  if (verdict !== true || row.valueType !== 'str' || isEnvironment(row.value)) return verdict;
  return !fits || fits(row.value) || node._('problem.format', { path: node._('field.rowValue'), example });
}

function addOperator(
  node: EditorNode,
  container: JQuery,
  operators: readonly string[],
  chosen?: string,
): void {
  const options = operators.map((operator) =>
    $('<option>')
      .val(operator)
      .text(node._(`option.operator.${operator}`)),
  );
  $('<select class="connect-cases-operator">')
    .attr('aria-label', node._('field.rowOperator'))
    .append(options)
    .val(chosen ?? operators[0] ?? '')
    .appendTo(container);
}

/** Writes the lists of the open form into the node. */
export function save(node: EditorNode): void {
  settle(node);
  for (const [name, field] of listFields(node)) {
    if (listOf(node, name).length > 0) node[name] = toStored(rowsOf(node, name, field), field);
  }
  for (const [name, field] of Object.entries(fieldsOf(node.type))) {
    if (isChecks(field))
      node[name] = checksOf(node, name)
        .filter(':checked')
        .toArray()
        .map((box) => $(box).val());
  }
}
