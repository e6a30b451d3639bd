import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type {
  Field,
  Fields,
  NodeField,
  RowsField,
  ValueField,
  Values,
  ValueType,
} from '../../definition/field';
import { given } from '../config/environment';
import { prepareResolve, type Resolve } from './resolve';

/** A field that has a value of its own for each message. */
type ReadField = Exclude<Field, RowsField | NodeField>;

/** What a message and the node's form gave for each property, by the property's name. */
export type ReadFields = (msg: NodeMessage) => Promise<Values>;

/** A row of the custom item's own editor. `userArn` is for fields of the type User. */
interface Row {
  readonly id: string;
  readonly value: string;
  readonly valueType: ValueType | 'userArn';
}

/** Prepares how to read all properties of an item node from its stored configuration. */
export function prepareItemFields(
  RED: NodeAPI,
  node: Node,
  config: Readonly<Record<string, unknown>>,
  fields: Fields,
): ReadFields {
  const readers = Object.entries(fields)
    .filter((entry): entry is [string, ReadField] => entry[1].kind !== 'rows' && entry[1].kind !== 'node')
    .map(([name, field]): [string, Resolve] => [name, prepareField(RED, node, config, name, field)]);
  return async (msg) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of readers) values[name] = await read(msg);
    return values;
  };
}

function prepareField(
  RED: NodeAPI,
  node: Node,
  config: Readonly<Record<string, unknown>>,
  name: string,
  field: ReadField,
): Resolve {
  if (field.kind === 'value') return prepareValue(RED, node, config, name, field);
  const chosen = config[name] ?? field.default;
  return async () => chosen;
}

function prepareValue(
  RED: NodeAPI,
  node: Node,
  config: Readonly<Record<string, unknown>>,
  name: string,
  field: ValueField,
): Resolve {
  const value = String(config[name] ?? field.default);
  const type = (config[`${name}Type`] ?? field.defaultType) as ValueType;
  if (type === 'rows') return prepareRows(RED, node, config.rows);
  if (value.trim() === '') return async () => (type === 'str' && !field.optional ? value : undefined);
  return prepareResolve(RED, node, { value, type, path: name, sensitive: field.sensitive });
}

function prepareRows(RED: NodeAPI, node: Node, rows: unknown): Resolve {
  const entries = (Array.isArray(rows) ? (rows as Row[]) : []).map(({ id, value, valueType }, index) => {
    const isUser = valueType === 'userArn';
    const read = prepareResolve(RED, node, {
      value: String(value ?? ''),
      type: isUser ? 'str' : (valueType ?? 'str'),
      path: `custom.fields[${index}].value`,
    });
    return async (msg: NodeMessage) => {
      const found = await read(msg);
      const fieldId = given(id, `the id of row ${index + 1}`, `custom.fields[${index}].id`);
      return { id: fieldId, value: isUser ? { userArnValue: found } : found };
    };
  });
  return (msg) => Promise.all(entries.map((read) => read(msg)));
}
