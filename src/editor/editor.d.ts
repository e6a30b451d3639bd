/** The parts of Node-RED's editor that our forms use. */
declare const RED: {
  _(key: string, params?: Record<string, string | number>): string;
};

/** A node while its form is open, or while the editor judges it. */
interface EditorNode {
  readonly type: string;
  rows?: Row[];
  _(key: string, params?: Record<string, string | number>): string;
  readonly [property: string]: unknown;
}

/** A row of the custom item's own list of fields. */
interface Row {
  id: string;
  value: string;
  valueType: string;
}

interface JQuery {
  typedInput(options: object): JQuery;
  typedInput(method: 'value' | 'type'): string;
  typedInput(method: 'value' | 'type', value: string): JQuery;
  editableList(options: object): JQuery;
  editableList(method: 'addItem', item: Row): JQuery;
  editableList(method: 'items'): JQuery;
}
