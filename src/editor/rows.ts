const list = () => $('#node-input-rows-list');
const valueTypes = ['str', 'num', 'bool', 'msg', 'flow', 'global', 'env', 'jsonata', 'json'];

/** The custom item's own list of fields: one row an id and its value. */
export function prepareRows(node: EditorNode): void {
  if (list().length === 0) return;
  list()
    .css({ 'min-height': '160px', 'min-width': '380px' })
    .editableList({
      removable: true,
      sortable: true,
      addItem(container: JQuery, _index: number, row: Partial<Row>) {
        const { id = '', value = '', valueType = 'str' } = row;
        container.css({ display: 'flex', gap: '6px' });
        $('<input type="text" class="connect-cases-id">')
          .attr({ placeholder: node._('placeholder.fieldId'), 'aria-label': node._('placeholder.fieldId') })
          .css({ flex: '1 1 40%' })
          .val(id)
          .appendTo(container);
        const box = $('<div>').css({ flex: '1 1 60%' }).appendTo(container);
        $('<input type="text" class="connect-cases-value">')
          .attr('aria-label', node._('placeholder.fieldValue'))
          .css({ width: '100%' })
          .appendTo(box)
          .typedInput({
            default: 'str',
            types: [...valueTypes, { value: 'userArn', label: node._('option.fields.userArn') }],
          })
          .typedInput('type', valueType)
          .typedInput('value', value);
      },
    });
  for (const row of node.rows ?? []) list().editableList('addItem', row);
}

/** Writes the rows of the open form into the node. */
export function save(node: EditorNode): void {
  if (list().length === 0) return;
  node.rows = list()
    .editableList('items')
    .toArray()
    .map((element) => {
      const value = $(element).find('.connect-cases-value');
      return {
        id: String($(element).find('.connect-cases-id').val() ?? ''),
        value: value.typedInput('value'),
        valueType: value.typedInput('type'),
      };
    });
}
