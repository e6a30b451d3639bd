import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type {
  Field,
  Fields,
  NodeField,
  OutputsField,
  RowsField,
  StoredRow,
  ValueField,
  Values,
  ValueType,
} from '../../definition/field';
import { given } from '../config/environment';
import { prepareResolve, type Resolve } from './resolve';

/** A field that says something about each message. */
type ReadField = Exclude<Field, NodeField | OutputsField>;

/** What a message and the node's form gave for each property, by the property's name. */
type ReadFields = (msg: NodeMessage) => Promise<Values>;

interface Context {
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly config: Readonly<Record<string, unknown>>;
  readonly fields: Fields;
}

/** Fields that do not matter as the node is set up are not read. */
export const shownFields = (fields: Fields, config: Readonly<Record<string, unknown>>): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => matters(fields, field, config)));

const matters = (fields: Fields, { when }: Field, config: Readonly<Record<string, unknown>>): boolean =>
  !when ||
  when.some((set) =>
    Object.entries(set).every(([name, values]) => {
      const field = fields[name];
      const chosen = config[name] ?? (field && 'default' in field ? field.default : undefined);
      return values.includes(String(chosen));
    }),
  );

/** Prepares how to read all properties of a node of the palette from its stored configuration. */
export function prepareFields(
  RED: NodeAPI,
  node: Node,
  config: Readonly<Record<string, unknown>>,
  fields: Fields,
): ReadFields {
  const context = { RED, node, config, fields };
  const readers = Object.entries(fields)
    .filter((entry): entry is [string, ReadField] => isRead(entry[1]))
    .map(([name, field]): [string, Resolve] => [name, prepareField(context, name, field)]);
  return async (msg) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of readers) values[name] = (await read(msg)).value;
    return values;
  };
}

/**
 * How to read the property of the message that all of several fields are parts of, as `payload` of `payload.name` and
 * `payload.minutes`: it may hold the exact form of AWS instead. Undefined where they have no such property.
 */
export function prepareWhole(
  RED: NodeAPI,
  node: Node,
  config: Readonly<Record<string, unknown>>,
  fields: Fields,
): Resolve | undefined {
  const values = Object.entries(fields).filter(
    (entry): entry is [string, ValueField] => entry[1].kind === 'value',
  );
  const wholes = new Set(values.map(([name, field]) => wholeOf(config, name, field)));
  const [whole] = wholes;
  if (values.length < 2 || wholes.size !== 1 || !whole) return undefined;
  return prepareResolve(RED, node, { value: whole, type: 'msg', path: whole });
}

function wholeOf(
  config: Readonly<Record<string, unknown>>,
  name: string,
  field: ValueField,
): string | undefined {
  const type = config[`${name}Type`] ?? field.defaultType;
  return type === 'msg' ? /^(.+)\.\w+$/.exec(String(config[name] ?? field.default))?.[1] : undefined;
}

/** Rows that are part of another field are read with that. */
const isRead = (field: Field): boolean =>
  field.kind === 'rows' ? field.of === undefined : field.kind !== 'node' && field.kind !== 'outputs';

function prepareField(context: Context, name: string, field: ReadField): Resolve {
  const chosen = context.config[name];
  switch (field.kind) {
    case 'value':
      return prepareValue(context, name, field);
    case 'rows':
      return prepareRows(context, name, field);
    case 'names':
    case 'checks': {
      const list = Array.isArray(chosen) ? chosen : [];
      return async () => ({ value: list });
    }
    case 'text':
      return async () => ({
        value: field.schema ? given(chosen ?? field.default, `the node's ${name}`, name) : chosen,
      });
    default:
      return async () => ({ value: chosen ?? field.default });
  }
}

function prepareValue(context: Context, name: string, field: ValueField): Resolve {
  const { RED, node, config } = context;
  const value = String(config[name] ?? field.default);
  const type = (config[`${name}Type`] ?? field.defaultType) as ValueType;
  if (type === 'rows') return prepareRows(context, ...rowsOf(context.fields, name));
  if (value.trim() === '') {
    return async () => ({ value: type === 'str' && !field.optional ? value : undefined });
  }
  return prepareResolve(RED, node, { value, type, path: name, sensitive: field.sensitive });
}

function rowsOf(fields: Fields, of: string): [name: string, rows: RowsField] {
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'rows' && field.of === of) return [name, field];
  }
  throw new Error(`The field "${of}" has no rows.`);
}

/** Reads a list of `{ id, value }`, with the operator where rows have one. */
function prepareRows({ RED, node, config }: Context, name: string, field: RowsField): Resolve {
  const { key, operators, path = field.of ?? name } = field;
  const rows = (Array.isArray(config[name]) ? config[name] : field.default) as readonly StoredRow[];
  const entries = rows.map(({ value, valueType, operator, ...row }, index) => {
    const isUser = valueType === 'userArn';
    const read = prepareResolve(RED, node, {
      value: String(value ?? ''),
      type: isUser ? 'str' : (valueType ?? 'str'),
      path: `${path}[${index}].value`,
    });
    return async (msg: NodeMessage) => {
      const { value } = await read(msg);
      const id = given(row[key], `the id of row ${index + 1}`, `${path}[${index}].${key}`);
      const entry = { id, value: isUser ? { userArnValue: value } : value };
      return operators ? { ...entry, operator: operator ?? operators[0] } : entry;
    };
  });
  return async (msg) => ({ value: await Promise.all(entries.map((read) => read(msg))) });
}
