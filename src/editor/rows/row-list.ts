/** The list in the open form; empty where the form has none. */
export const rowList = () => $('#node-input-rows-list');

/** A row as its inputs have it. */
export function rowOf(container: JQuery): Row {
  const value = container.find('.connect-cases-value');
  return {
    id: String(container.find('.connect-cases-id').val() ?? '').trim(),
    value: value.typedInput('value'),
    valueType: value.typedInput('type'),
  };
}

/** The rows as the open form has them. */
export const readRows = (): Row[] =>
  rowList().length === 0
    ? []
    : rowList()
        .editableList('items')
        .toArray()
        .map((element) => rowOf($(element)));
