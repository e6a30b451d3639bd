import type { Action } from '../definition/action';
import type { ConfigNode } from '../definition/config-node';
import type {
  ChecksField,
  Condition,
  Field,
  Fields,
  NamesField,
  RowsField,
  TextField,
  ValueField,
} from '../definition/field';
import { escapeHtml } from './source';

type Prefix = 'node-input' | 'node-config-input';

/** The form of a node of the palette, in the order in which a flow builder thinks of it. */
export function renderActionForm({ fields }: Action): string {
  return wrapped([
    ...fieldRows('node-input', fields),
    section('preview', ['<pre class="connect-cases-preview" tabindex="0"></pre>']),
  ]);
}

/** The form of a config node, with the buttons that try it out. */
export function renderConfigForm({ fields, secrets = {} }: ConfigNode): string {
  const prefix = 'node-config-input';
  const sections = new Set(Object.values(fields).flatMap((field) => field.section ?? []));
  return wrapped([
    ...fieldRows(prefix, fields),
    ...Object.entries(secrets).map(([name, { kind, when }]) =>
      row(prefix, name, `<input type="${kind}" id="${prefix}-${name}">`, when),
    ),
    ...[...sections].map((name) => section(name, fieldRows(prefix, fields, name))),
    `<div class="form-row connect-cases-buttons">${button('test')}${button('policy', 'test.copy')}</div>`,
    '<div class="connect-cases-report" role="status"></div>',
  ]);
}

const wrapped = (rows: readonly string[]): string =>
  `<div class="connect-cases">\n${rows.join('\n')}\n</div>`;

const section = (name: string, rows: readonly string[]): string =>
  `<details><summary data-i18n="section.${name}"></summary>\n${rows.join('\n')}\n</details>`;

const button = (name: string, text = `${name}.button`): string =>
  `<button type="button" class="red-ui-button connect-cases-${name}" data-i18n="${text}"></button>`;

const fieldRows = (prefix: Prefix, fields: Fields, sectionName?: string): string[] =>
  Object.entries(fields)
    .filter(([, field]) => field.section === sectionName)
    .map(([name, field]) => fieldRow(prefix, name, field));

function fieldRow(prefix: Prefix, name: string, field: Field): string {
  const { kind, when } = field;
  switch (kind) {
    case 'value':
      return row(prefix, name, typedInput(`${prefix}-${name}`, field), when);
    case 'text':
      return row(prefix, name, textInput(`${prefix}-${name}`, field), when);
    case 'node':
      return row(prefix, name, `<input type="text" id="${prefix}-${name}">`, when);
    case 'choice':
      return row(prefix, name, select(`${prefix}-${name}`, name, field.options), when);
    case 'flag':
      return `<div class="form-row connect-cases-check"><input type="checkbox" id="${prefix}-${name}"><label for="${prefix}-${name}" data-i18n="field.${name}"></label></div>`;
    case 'rows':
    case 'names':
      return list(prefix, name, field);
    case 'checks':
      return checks(`${prefix}-${name}-list`, name, field);
    case 'outputs':
      return `<input type="hidden" id="${prefix}-${name}">`;
  }
}

const typedInput = (id: string, field: ValueField): string =>
  `<input type="text" id="${id}" data-types="${field.types.join()}"${offers(field)}><input type="hidden" id="${id}Type">`;

const textInput = (id: string, field: TextField): string =>
  `<input type="text" id="${id}"${offers(field)}${field.pick ? ' data-i18n="[placeholder]pick.placeholder"' : ''}>`;

const offers = ({ pick, hint }: ValueField | TextField): string =>
  `${attribute('data-pick', pick)}${attribute('data-hint', hint)}`;

const select = (id: string, name: string, options: readonly string[]): string => {
  const rendered = options.map(
    (option) => `<option value="${escapeHtml(option)}" data-i18n="option.${name}.${option}"></option>`,
  );
  return `<select id="${id}">${rendered.join('')}</select>`;
};

/** A list in an editor of its own; one that is part of another field has no label, and shows with that. */
function list(prefix: Prefix, name: string, field: RowsField | NamesField): string {
  const of = field.kind === 'rows' ? field.of : undefined;
  const id = `${prefix}-${name}-list`;
  const label = of ? '' : `<label for="${id}" data-i18n="field.${name}"></label>`;
  const when = of ? [{ [`${of}Type`]: ['rows'] }] : field.when;
  return `<div class="form-row connect-cases-wide"${shownWhen(when)}>${label}<ol id="${id}"></ol></div>`;
}

function checks(id: string, name: string, { options, when }: ChecksField): string {
  const boxes = options.map(
    (option) =>
      `<span><input type="checkbox" id="${id}-${option}" value="${option}"><label for="${id}-${option}" data-i18n="option.${name}.${option}"></label></span>`,
  );
  return `<div class="form-row"${shownWhen(when)}><label for="${id}" data-i18n="field.${name}"></label><div class="connect-cases-checks" id="${id}">${boxes.join('')}</div></div>`;
}

function row(prefix: Prefix, name: string, control: string, when: Condition | undefined): string {
  const label = name === 'name' ? 'node-red:common.label.name' : `field.${name}`;
  return `<div class="form-row"${shownWhen(when)}><label for="${prefix}-${name}" data-i18n="${label}"></label>${control}</div>`;
}

const shownWhen = (when: Condition | undefined): string =>
  attribute('data-when', when && JSON.stringify(when));

const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escapeHtml(value)}"`;
